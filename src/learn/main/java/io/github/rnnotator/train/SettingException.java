package io.github.rnnotator.train;

import io.github.rnnotator.text.OneLine;
import java.io.IOException;

/** Thrown for a setting that a recipe can't have. The message is one line. */
public final class SettingException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String setting;
  private final String problem;

  /**
   * Names the setting and the problem.
   *
   * @param setting its key, perhaps with its value; empty if the problem names it
   */
  SettingException(String setting, String problem) {
    super(OneLine.of((setting.isEmpty() ? "" : setting + ": ") + problem));
    this.setting = setting;
    this.problem = problem;
  }

  /** Returns the key, perhaps with its value; empty if the problem names it. */
  public String setting() {
    return setting;
  }

  /** Returns the message without the setting. */
  public String problem() {
    return problem;
  }
}
