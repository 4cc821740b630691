package io.github.rnnotator.tagger;

import io.github.rnnotator.embed.ColumnsFile;
import io.github.rnnotator.embed.VectorFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a {@link ModelFile}. */
final class ModelWriter {
  private ModelWriter() {}

  static void write(OutputStream out, TaggerModel model, Safetensors.Type type) throws IOException {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    contents.put(ModelFile.WORDS, ModelZip.bytes(model.vocabularies().words()));
    contents.put(ModelFile.CHARACTERS, ModelZip.bytes(model.vocabularies().characters()));
    if (model.vocabularies().vectors() != null) {
      ByteArrayOutputStream vectors = new ByteArrayOutputStream();
      VectorFile.write(vectors, model.vocabularies().vectors());
      contents.put(ModelFile.VECTORS, vectors.toByteArray());
    }
    SegmenterModel segmenter = model.segmenter();
    if (segmenter != null) {
      ByteArrayOutputStream network = new ByteArrayOutputStream();
      write(network, segmenter.network(), type);
      contents.put(ModelFile.SEGMENTER, network.toByteArray());
      contents.put(ModelFile.SEGMENTER_WORDS, SegmenterFile.bytes(segmenter));
    }
    byte[] lemmas = LemmaFile.bytes(model.labels());
    if (lemmas.length > 0) {
      contents.put(ModelFile.LEMMAS, lemmas);
    }
    byte[] columns = ColumnsFile.bytes(model.vocabularies().columns());
    if (columns.length > 0) {
      contents.put(ModelFile.COLUMNS, columns);
    }
    contents.put(ModelFile.WEIGHTS, ModelZip.bytes(model.parameters(), type));
    contents.put(ModelFile.CARD, model.card().getBytes(StandardCharsets.UTF_8));
    int format =
        segmenter == null
                && columns.length == 0
                && model.config().heads().values().stream().noneMatch(HeadConfig::isNew)
            ? Manifest.FORMAT_WITHOUT_SEGMENTER
            : Manifest.FORMAT;
    Manifest manifest =
        new Manifest(format, model.config(), model.labels(), ModelZip.table(contents));
    ModelZip.write(out, manifest.toBytes(), contents);
  }
}
