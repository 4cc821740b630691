package io.github.rnnotator.batch;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Tests whether a run has finished a file: its outputs exist, or it is listed as set aside. */
final class FinishedFiles implements Predicate<String> {
  private final OutputFolder folder;
  private final OutputNames names;
  private final Set<String> setAside = new HashSet<>();

  /** Reads the files of a run, after {@code _failed.jsonl} was truncated to its checkpoint. */
  FinishedFiles(OutputFolder folder, OutputNames names) throws IOException {
    this.folder = folder;
    this.names = names;
    Path log = folder.root().resolve(OutputFolder.FAILED);
    if (Files.exists(log)) {
      try (BufferedReader lines = Files.newBufferedReader(log)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          setAside.add(Failure.fileOf(line));
        }
      }
    }
  }

  @Override
  public boolean test(String file) {
    List<String> outputs = names.of(file);
    return outputs.stream().allMatch(output -> Files.exists(folder.output(output)))
        || setAside.contains(file);
  }
}
