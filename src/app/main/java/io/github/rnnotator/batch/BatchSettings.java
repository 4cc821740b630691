package io.github.rnnotator.batch;

import io.github.rnnotator.formats.DocumentFormat;
import io.github.rnnotator.formats.OutputFormat;
import io.github.rnnotator.io.Compression;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a run.
 *
 * @param input a file, a folder, a glob, or {@code -} for standard input
 * @param output the folder to write into
 * @param in the format of the input
 * @param check sets aside files of another format, if the format was detected
 * @param out the format of the output
 * @param compression the compression of the output
 * @param threads the number of passages tagged in parallel
 * @param strict whether the first failure stops the run
 * @param restart whether to discard an earlier run in this folder
 * @param allowChange whether to resume a run with other settings or input
 * @param checkpoint seconds between checkpoints
 * @param settings everything that the output depends on (model, formats), compared with an earlier
 *     run: name to value
 */
public record BatchSettings(
    String input,
    Path output,
    DocumentFormat in,
    @Nullable FormatCheck check,
    OutputFormat out,
    Compression compression,
    int threads,
    boolean strict,
    boolean restart,
    boolean allowChange,
    double checkpoint,
    Map<String, String> settings) {}
