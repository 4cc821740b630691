package io.github.rnnotator.batch;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file to be tagged.
 *
 * @param name its path below the input folder, see {@link FileNames}
 * @param path its path; null for standard input
 * @param size in bytes; 0 if unknown
 * @param modified time of last modification, in milliseconds
 * @param problem why it can't be accessed, or null
 */
record InputFile(
    String name, @Nullable Path path, long size, long modified, @Nullable IOException problem) {}
