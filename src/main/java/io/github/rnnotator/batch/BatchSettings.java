package io.github.rnnotator.batch;

import io.github.rnnotator.corpus.Compression;
import io.github.rnnotator.corpus.OutputFormat;
import io.github.rnnotator.corpus.PassageFormat;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a run is to do.
 *
 * @param input a file, a folder, a glob, or {@code -} for standard input
 * @param output the folder to write into
 * @param in the format of the input
 * @param out the format of the output
 * @param compression how the output is packed
 * @param threads how many passages are tagged side by side
 * @param strict whether the first failure stops the run
 * @param restart whether to forget an earlier run into this folder
 * @param allowChange whether to resume a run whose settings or input were others
 * @param checkpoint seconds between checkpoints
 * @param settings what the output depends on, the model and the formats, as it is compared with an
 *     earlier run's: name to value
 */
public record BatchSettings(
    String input,
    Path output,
    PassageFormat in,
    OutputFormat out,
    Compression compression,
    int threads,
    boolean strict,
    boolean restart,
    boolean allowChange,
    double checkpoint,
    Map<String, String> settings) {}
