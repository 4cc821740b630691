package io.github.rnnotator.batch;

import io.github.rnnotator.corpus.CorpusException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The files of a folder, of a glob, or a single one, always in the same order: by the names of
 * folders and files, so that a place in it can be found again. Hidden files and those that begin
 * with an underscore are left out. No more than the names of one branch are in memory.
 */
final class InputTree implements Iterable<InputFile> {
  /** What IN is for standard input. */
  static final String STDIN = "-";

  /** Standard input's name in reports and outputs. */
  static final String STDIN_NAME = "stdin";

  private final @Nullable Path root;
  private final List<PathMatcher> matchers;
  private final Path output;
  private final UnaryOperator<String> outputName;

  private InputTree(
      @Nullable Path root,
      List<PathMatcher> matchers,
      Path output,
      UnaryOperator<String> outputName) {
    this.root = root;
    this.matchers = matchers;
    this.output = output.toAbsolutePath().normalize();
    this.outputName = outputName;
  }

  /**
   * The files that a user names.
   *
   * @param in a file, a folder, a glob, or {@link #STDIN}
   * @param output a folder that is left out where it is below {@code in}
   * @param outputName the name of a file's output, for which no two files may be after the same
   * @throws CorpusException if there is no such file
   */
  static InputTree of(String in, Path output, UnaryOperator<String> outputName)
      throws CorpusException {
    if (in.equals(STDIN)) {
      return new InputTree(null, List.of(), output, outputName);
    }
    if (isThere(in)) {
      return new InputTree(Path.of(in), List.of(), output, outputName);
    }
    int glob = firstOf(in, "*?[{");
    if (glob == in.length()) {
      throw new CorpusException(in, "no such file or folder");
    }
    int slash = in.lastIndexOf('/', glob);
    String folder = slash < 0 ? "." : slash == 0 ? "/" : in.substring(0, slash);
    String pattern = in.substring(slash + 1);
    if (!isThere(folder)) {
      throw new CorpusException(in, "no such folder: " + folder);
    }
    List<PathMatcher> matchers = new ArrayList<>();
    // Two stars stand for any number of folders, none included.
    matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + pattern));
    matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + pattern.replace("**/", "")));
    return new InputTree(Path.of(folder), matchers, output, outputName);
  }

  private static boolean isThere(String name) {
    try {
      return Files.exists(Path.of(name));
    } catch (java.nio.file.InvalidPathException e) {
      return false;
    }
  }

  private static int firstOf(String text, String characters) {
    int at = 0;
    while (at < text.length() && characters.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  /**
   * What there is to do.
   *
   * @param files how many files
   * @param bytes their size; 0 for standard input
   * @param sha256 a digest of their names, sizes and times of change
   */
  record Survey(long files, long bytes, String sha256) {}

  /**
   * Looks at all files.
   *
   * @throws CorpusException if there are none, or two would have the same output
   */
  Survey survey() throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    long files = 0;
    long bytes = 0;
    try {
      for (InputFile file : this) {
        files++;
        bytes += file.size();
        String line = file.name() + "\n" + file.size() + "\n" + file.modified() + "\n";
        digest.update(line.getBytes(StandardCharsets.UTF_8));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause() == null ? new IOException(e) : e.getCause();
    }
    if (files == 0) {
      throw new CorpusException(String.valueOf(root), "no files to tag");
    }
    return new Survey(files, bytes, HexFormat.of().formatHex(digest.digest()));
  }

  /** Whether a file comes before another in the order of a tree. */
  static int compare(String name, String other) {
    String[] folders = name.split("/");
    String[] others = other.split("/");
    for (int i = 0; i < Math.min(folders.length, others.length); i++) {
      int order = folders[i].compareTo(others[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(folders.length, others.length);
  }

  /** Goes through the files; throws an {@link UncheckedIOException} where two share an output. */
  @Override
  public Iterator<InputFile> iterator() {
    return root == null
        ? List.of(new InputFile(STDIN_NAME, null, 0, 0, null)).iterator()
        : new Walk(root);
  }

  private final class Walk implements Iterator<InputFile> {
    private final Path top;
    private final Deque<Iterator<Path>> branch = new ArrayDeque<>();
    private @Nullable InputFile next;

    Walk(Path root) {
      if (Files.isDirectory(root)) {
        this.top = root;
        this.next = open(root);
      } else {
        Path parent = root.toAbsolutePath().getParent();
        this.top = parent == null ? root : parent;
        branch.push(List.of(root.toAbsolutePath()).iterator());
      }
    }

    @Override
    public boolean hasNext() {
      while (next == null && !branch.isEmpty()) {
        Iterator<Path> siblings = branch.getFirst();
        if (!siblings.hasNext()) {
          branch.pop();
          continue;
        }
        Path path = siblings.next();
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          next = open(path);
        } else if (isWanted(path)) {
          next = file(path);
        }
      }
      return next != null;
    }

    @Override
    public InputFile next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException();
      }
      InputFile found = next;
      next = null;
      return found;
    }

    private String name(Path path) {
      return top.relativize(path).toString().replace('\\', '/');
    }

    private boolean isWanted(Path path) {
      return !Files.isDirectory(path)
          && (matchers.isEmpty()
              || matchers.stream().anyMatch(m -> m.matches(top.relativize(path))));
    }

    private InputFile file(Path path) {
      try {
        return new InputFile(
            name(path), path, Files.size(path), Files.getLastModifiedTime(path).toMillis(), null);
      } catch (IOException e) {
        return new InputFile(name(path), path, 0, 0, e);
      }
    }

    /** Goes into a folder, or gives it back as a file that can't be read. */
    private @Nullable InputFile open(Path folder) {
      List<Path> found = new ArrayList<>();
      try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
        for (Path child : children) {
          String name = String.valueOf(child.getFileName());
          if (!name.startsWith(".")
              && !name.startsWith("_")
              && !child.toAbsolutePath().normalize().equals(output)) {
            found.add(child);
          }
        }
      } catch (IOException e) {
        return new InputFile(name(folder), folder, 0, 0, e);
      } catch (java.nio.file.DirectoryIteratorException e) {
        return new InputFile(name(folder), folder, 0, 0, e.getCause());
      }
      found.sort(Comparator.comparing(path -> String.valueOf(path.getFileName())));
      checkOutputs(found);
      branch.push(found.iterator());
      return null;
    }

    private void checkOutputs(List<Path> siblings) {
      Map<String, Path> outputs = new HashMap<>();
      for (Path path : siblings) {
        if (!Files.isDirectory(path) && isWanted(path)) {
          Path other = outputs.put(outputName.apply(name(path)), path);
          if (other != null) {
            throw new UncheckedIOException(
                new CorpusException(
                    path.toString(),
                    "would be written to the same file as "
                        + other
                        + "; choose files with a glob, or rename one"));
          }
        }
      }
    }
  }
}
