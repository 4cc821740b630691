package io.github.rnnotator.text;

import org.jspecify.annotations.Nullable;

/**
 * The form by which a model tags a token of another library. Such tokens may be empty, blank or
 * null, while a {@link Token} has a form: then it is a placeholder, so that every token has tags.
 * The placeholder is not to be seen in results, such as a lemma.
 */
public final class VisibleForm {
  private static final String PLACEHOLDER = "\ufffd";

  private VisibleForm() {}

  /** Returns the form, or the placeholder if it is missing. */
  public static String of(@Nullable String form) {
    return form == null || isMissing(form) ? PLACEHOLDER : form;
  }

  /** Whether nothing of the form is visible: it is null, empty or white space. */
  public static boolean isMissing(@Nullable String form) {
    return form == null || form.isBlank();
  }
}
