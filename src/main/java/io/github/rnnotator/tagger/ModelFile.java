package io.github.rnnotator.tagger;
import java.nio.file.Path;
final class ModelFile { static TaggerModel read(Path f){ throw new IllegalStateException(f.toString()); } }
