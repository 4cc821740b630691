package io.github.rnnotator.corenlp;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The folders from which model files may be read.
 *
 * <p>A program may read any file. A client of a server may not, but the properties of its request
 * come mixed with the server's own. So within a request the folders are taken only from places that
 * no client can change: Java's system properties and the properties file of the server.
 *
 * @param modelKey the property that names the model
 * @param foldersKey the property that names the folders
 * @param own the model file that the server's own properties name, or null
 * @param folders the folders, or null if any file may be read
 */
record ModelFolders(
    String modelKey, String foldersKey, @Nullable String own, @Nullable List<String> folders) {
  private static final String SERVER = "edu.stanford.nlp.pipeline.StanfordCoreNLPServer";

  /**
   * Returns the rule for the caller: a program, or a request to CoreNLP's server.
   *
   * @param named the folders in the pipeline's properties, or null
   */
  static ModelFolders of(String modelKey, String foldersKey, @Nullable String named) {
    if (!isInRequest()) {
      return new ModelFolders(modelKey, foldersKey, null, named == null ? null : split(named));
    }
    Properties server = ServerProperties.read();
    String allowed = System.getProperty(foldersKey, server.getProperty(foldersKey, ""));
    return new ModelFolders(modelKey, foldersKey, server.getProperty(modelKey), split(allowed));
  }

  private static List<String> split(String folders) {
    return Arrays.stream(folders.split(File.pathSeparator))
        .map(String::strip)
        .filter(folder -> !folder.isEmpty())
        .toList();
  }

  /** The server's request handlers are nested classes of it; its launcher is not. */
  private static boolean isInRequest() {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> frame.getClassName().startsWith(SERVER + "$")));
  }

  /**
   * Returns the file to read.
   *
   * @throws IllegalArgumentException if it may not be read. The message reveals no files or folders
   *     and is ASCII: CoreNLP's server sends it to the client, and counts its characters as bytes.
   */
  Path check(String file) {
    if (folders == null || file.equals(own)) {
      return Path.of(file);
    }
    try {
      Path real = real(Path.of(file));
      if (folders.stream().anyMatch(folder -> real.startsWith(real(Path.of(folder))))) {
        return real;
      }
    } catch (InvalidPathException | UncheckedIOException e) {
      // An unreadable path is in none of the folders.
    }
    throw new IllegalArgumentException(
        modelKey
            + " is in no folder that "
            + foldersKey
            + " allows. On a server its owner names them, with "
            + foldersKey
            + " in the file of -serverProperties or with java -D"
            + foldersKey
            + "=FOLDER");
  }

  /** Resolves links and dots, so that neither leads out of a folder. */
  private static Path real(Path path) {
    try {
      return Files.exists(path) ? path.toRealPath() : path.toAbsolutePath().normalize();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
