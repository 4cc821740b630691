package io.github.rnnotator.batch;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.rnnotator.corpus.CorpusException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/**
 * Something that was set aside.
 *
 * @param file the name of the input file
 * @param line the line, from 1; 0 where it is the whole file
 * @param column the character in the line, from 1; 0 where it is the whole line
 * @param reason why
 * @param badInput whether the input is to blame, and not the machine
 */
public record Failure(
    String file,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int line,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int column,
    String reason,
    @JsonIgnore boolean badInput) {
  static Failure of(String file, IOException e) {
    if (e instanceof CorpusException broken) {
      return new Failure(file, broken.line(), broken.column(), broken.problem(), true);
    }
    String reason =
        e instanceof AccessDeniedException
            ? "permission denied"
            : e instanceof NoSuchFileException ? "no such file" : "can't be read: " + say(e);
    return new Failure(file, 0, 0, reason, false);
  }

  static String say(Throwable e) {
    String message = e.getMessage();
    return (message == null ? e.toString() : message).replaceAll("\\s+", " ");
  }

  /** The same as an error that stops a run. */
  IOException asException() {
    String place = file + (line > 0 ? ":" + line : "") + (column > 0 ? ":" + column : "");
    return badInput
        ? new CorpusException(file, line, column, reason)
        : new IOException(place + ": " + reason);
  }
}
