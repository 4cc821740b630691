package io.github.rnnotator.cli;

import java.util.Map;

/** When to colour output. */
enum Color {
  AUTO,
  ALWAYS,
  NEVER;

  /**
   * Whether to colour.
   *
   * @param terminal whether the output goes to a terminal
   * @param environment the process environment: {@code NO_COLOR} (no-color.org) and {@code TERM}
   */
  boolean isOn(boolean terminal, Map<String, String> environment) {
    return switch (this) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO ->
          terminal
              && environment.getOrDefault("NO_COLOR", "").isEmpty()
              && !environment.getOrDefault("TERM", "").equals("dumb");
    };
  }
}
