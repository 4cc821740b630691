package io.github.rnnotator.batch;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.text.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of a folder, of a glob, or a single one, in a fixed order by the names of folders and
 * files, so that a run can resume at a file. Links are followed. Hidden files and those that begin
 * with an underscore are skipped. Only the names of one branch are in memory.
 */
final class InputTree implements Iterable<InputFile> {
  /** The value of IN for standard input. */
  static final String STDIN = "-";

  /** Standard input's name in reports and outputs. */
  static final String STDIN_NAME = "stdin";

  private final @Nullable Path root;
  private final @Nullable Pattern pattern;

  /** The maximum depth below the root that the pattern can match. */
  private final int deepest;

  private final Path output;
  private final OutputNames names;

  private InputTree(@Nullable Path root, @Nullable String glob, Path output, OutputNames names)
      throws CorpusException {
    this.root = root;
    this.pattern = glob == null ? null : Glob.compile(glob);
    this.deepest =
        glob == null || glob.contains("**")
            ? Integer.MAX_VALUE
            : (int) glob.chars().filter(c -> c == '/').count();
    this.output = output;
    this.names = names;
  }

  /**
   * Finds the files that a user names.
   *
   * @param in a file, a folder, a glob, or {@link #STDIN}
   * @param output a folder to skip if it is below {@code in}
   * @param names the names of outputs, which must be unique
   * @throws CorpusException if the file does not exist, or the pattern can't be parsed
   */
  static InputTree of(String in, Path output, OutputNames names) throws CorpusException {
    if (in.equals(STDIN)) {
      return new InputTree(null, null, output, names);
    }
    if (isThere(in)) {
      Path root = Path.of(in);
      if (!Files.isDirectory(root) && !Files.isRegularFile(root)) {
        throw new CorpusException(
            in, "is a pipe, a device or a socket, expected a file; read a stream with - < " + in);
      }
      return new InputTree(root, null, output, names);
    }
    int glob = Glob.begin(in);
    if (glob == in.length()) {
      throw new CorpusException(in, "no such file or folder");
    }
    int slash = in.lastIndexOf('/', glob);
    String folder = slash < 0 ? "." : slash == 0 ? "/" : in.substring(0, slash);
    if (!isThere(folder)) {
      throw new CorpusException(in, "no such folder: " + folder);
    }
    return new InputTree(Path.of(folder), in.substring(slash + 1), output, names);
  }

  private static boolean isThere(String name) {
    try {
      return Files.exists(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * The amount of input.
   *
   * @param files the number of files
   * @param bytes their total size; 0 for standard input
   * @param sha256 a digest of their names, sizes and modification times
   */
  record Survey(long files, long bytes, String sha256) {}

  /**
   * Visits all files.
   *
   * @throws CorpusException if no files are found, or the output of one would replace another file
   */
  Survey survey() throws IOException {
    MessageDigest digest = Sha256.digest();
    long files = 0;
    long bytes = 0;
    try {
      for (InputFile file : this) {
        files++;
        bytes += file.size();
        String name = FileNames.escaped(file.name());
        String line = name + "\n" + file.size() + "\n" + file.modified() + "\n";
        digest.update(line.getBytes(StandardCharsets.US_ASCII));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause() == null ? new IOException(e) : e.getCause();
    }
    if (files == 0) {
      throw new CorpusException(String.valueOf(root), "no files to tag");
    }
    return new Survey(files, bytes, Sha256.hex(digest));
  }

  /** Compares two files in the order of a tree. */
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

  /** Iterates over the files; throws an {@link UncheckedIOException} if two share an output. */
  @Override
  public Iterator<InputFile> iterator() {
    return root == null
        ? List.of(new InputFile(STDIN_NAME, null, 0, 0, null)).iterator()
        : new Walk(root);
  }

  /** A file or a folder, and its name in its parent. */
  private record Child(String name, Path path) {}

  /**
   * A folder of the current branch.
   *
   * @param name its name below the root
   * @param real its path with links resolved
   * @param children its remaining children
   * @param taken subfolder names that the output of a file would take, and that file
   * @param blocker a file whose output would take the name of this folder, or of one above it
   */
  private record Level(
      String name,
      Path real,
      Iterator<Child> children,
      Map<String, String> taken,
      @Nullable String blocker) {
    String name(Child child) {
      return name.isEmpty() ? child.name() : name + "/" + child.name();
    }
  }

  private final class Walk implements Iterator<InputFile> {
    private final Path outputFolder;
    private final Deque<Level> branch = new ArrayDeque<>();
    private @Nullable InputFile next;

    Walk(Path root) {
      this.outputFolder = real(output);
      if (Files.isDirectory(root)) {
        this.next = open("", root, null);
      } else {
        Path file = root.toAbsolutePath();
        Path parent = file.getParent();
        Child only = new Child(FileNames.of(parent == null ? file : parent, file), file);
        branch.push(new Level("", file, List.of(only).iterator(), Map.of(), null));
      }
    }

    private Path real(Path path) {
      try {
        return path.toRealPath();
      } catch (IOException e) {
        return path.toAbsolutePath().normalize();
      }
    }

    @Override
    public boolean hasNext() {
      while (next == null && !branch.isEmpty()) {
        Level level = branch.getFirst();
        if (level.children().hasNext()) {
          next = visit(level, level.children().next());
        } else {
          branch.pop();
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

    private @Nullable InputFile visit(Level level, Child child) {
      String name = level.name(child);
      Path path = child.path();
      BasicFileAttributes attributes;
      try {
        attributes = Files.readAttributes(path, BasicFileAttributes.class);
      } catch (IOException e) {
        return isWanted(name) ? new InputFile(name, path, 0, 0, e) : null;
      }
      if (attributes.isDirectory()) {
        String blocker = level.taken().getOrDefault(child.name(), level.blocker());
        return branch.size() <= deepest ? open(name, path, blocker) : null;
      }
      if (!isWanted(name)) {
        return null;
      }
      if (!attributes.isRegularFile()) {
        return unreadable(name, path, "is a pipe, a device or a socket, expected a file");
      }
      if (level.blocker() != null) {
        throw refusal(
            path,
            "would be written into a folder that has the name of the output of "
                + FileNames.display(level.blocker()));
      }
      if (names.of(name).stream().anyMatch(OutputFolder.OWN::contains)) {
        throw refusal(path, "would be written to a file that batch writes itself");
      }
      return new InputFile(
          name, path, attributes.size(), attributes.lastModifiedTime().toMillis(), null);
    }

    private boolean isWanted(String name) {
      return pattern == null || pattern.matcher(name).matches();
    }

    private InputFile unreadable(String name, Path path, String problem) {
      CorpusException reason = new CorpusException(FileNames.display(name), problem);
      return new InputFile(name, path, 0, 0, reason);
    }

    /** Enters a folder, or returns it as a file that can't be read. */
    private @Nullable InputFile open(String name, Path folder, @Nullable String blocker) {
      Path real = real(folder);
      if (!branch.isEmpty() && real.equals(outputFolder)) {
        return null;
      }
      if (branch.stream().anyMatch(above -> above.real().equals(real))) {
        return unreadable(name, folder, "is a link to a folder that contains it; not followed");
      }
      List<Child> found = new ArrayList<>();
      try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
        for (Path path : children) {
          String child = FileNames.of(folder, path);
          if (!child.startsWith(".") && !child.startsWith("_")) {
            found.add(new Child(child, path));
          }
        }
      } catch (IOException e) {
        return new InputFile(name, folder, 0, 0, e);
      } catch (DirectoryIteratorException e) {
        return new InputFile(name, folder, 0, 0, e.getCause());
      }
      found.sort(Comparator.comparing(Child::name));
      branch.push(new Level(name, real, found.iterator(), taken(name, found), blocker));
      return null;
    }

    /**
     * Checks that outputs are unique.
     *
     * @return the subfolder names that the output of a file would take, and that file
     */
    private Map<String, String> taken(String folder, List<Child> children) {
      Map<String, String> outputs = new HashMap<>();
      List<String> folders = new ArrayList<>();
      for (Child child : children) {
        String name = folder.isEmpty() ? child.name() : folder + "/" + child.name();
        if (Files.isDirectory(child.path())) {
          folders.add(child.name());
        } else if (isWanted(name) && Files.isRegularFile(child.path())) {
          for (String output : names.of(child.name())) {
            String other = outputs.put(output, child.name());
            if (other != null) {
              throw refusal(
                  child.path(), "would be written to the same file as " + FileNames.display(other));
            }
          }
        }
      }
      outputs.keySet().retainAll(folders);
      return outputs;
    }

    private UncheckedIOException refusal(Path path, String problem) {
      return new UncheckedIOException(
          new CorpusException(
              path.toString(), problem + "; choose files with a glob, or rename one"));
    }
  }
}
