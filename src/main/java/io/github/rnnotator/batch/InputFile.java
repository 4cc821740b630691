package io.github.rnnotator.batch;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file to be tagged.
 *
 * @param name its path below the input folder, see {@link FileNames}
 * @param path where it is; null for standard input
 * @param size in bytes; 0 where that is not known
 * @param modified when it was last changed, in milliseconds
 * @param problem why it can't even be looked at, or null
 */
record InputFile(
    String name, @Nullable Path path, long size, long modified, @Nullable IOException problem) {}
