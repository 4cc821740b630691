package io.github.rnnotator.cli.console;

import java.util.Map;

/** When to colour output. */
public enum Color {
  AUTO,
  ALWAYS,
  NEVER;

  /**
   * Whether to colour.
   *
   * @param terminal whether the output goes to a terminal
   * @param environment the process environment: {@code NO_COLOR} (no-color.org) and {@code TERM}
   */
  public boolean isOn(boolean terminal, Map<String, String> environment) {
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
