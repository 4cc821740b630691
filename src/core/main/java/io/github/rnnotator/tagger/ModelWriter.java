package io.github.rnnotator.tagger;

import io.github.rnnotator.embed.VectorFile;
import io.github.rnnotator.embed.Vocabulary;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.ops.Halves;
import io.github.rnnotator.text.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.ejml.data.FMatrixRMaj;

/** Writes a {@link ModelFile}. */
final class ModelWriter {
  private ModelWriter() {}

  static void write(OutputStream out, TaggerModel model, Safetensors.Type type) throws IOException {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    contents.put(ModelFile.WORDS, vocabularyBytes(model.vocabularies().words()));
    contents.put(ModelFile.CHARACTERS, vocabularyBytes(model.vocabularies().characters()));
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
    contents.put(ModelFile.WEIGHTS, weightBytes(model, type));
    contents.put(ModelFile.CARD, model.card().getBytes(StandardCharsets.UTF_8));
    List<ModelFile.EntryInfo> entries = new ArrayList<>();
    contents.forEach(
        (name, bytes) ->
            entries.add(new ModelFile.EntryInfo(name, bytes.length, Sha256.of(bytes))));
    int format = segmenter == null ? Manifest.FORMAT_WITHOUT_SEGMENTER : Manifest.FORMAT;
    Manifest manifest = new Manifest(format, model.config(), model.labels(), entries);
    ZipOutputStream zip = new ZipOutputStream(out);
    put(zip, ModelFile.MODEL, manifest.toBytes());
    for (Map.Entry<String, byte[]> entry : contents.entrySet()) {
      put(zip, entry.getKey(), entry.getValue());
    }
    zip.finish();
    zip.flush();
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    // A fixed time without a zone, so that the same model gives the same bytes everywhere.
    entry.setTimeLocal(LocalDateTime.of(2000, 1, 1, 0, 0));
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  private static byte[] vocabularyBytes(Vocabulary vocabulary) {
    StringBuilder lines = new StringBuilder();
    for (Vocabulary.Entry entry : vocabulary.entries()) {
      lines.append(entry.text()).append('\t').append(entry.count()).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] weightBytes(TaggerModel model, Safetensors.Type type) throws IOException {
    Map<String, FMatrixRMaj> tensors = new LinkedHashMap<>();
    for (Parameter parameter : model.parameters()) {
      for (int i = 0; i < parameter.size(); i++) {
        float weight = parameter.value().data[i];
        float stored =
            type == Safetensors.Type.F16 ? Halves.toFloat(Halves.fromFloat(weight)) : weight;
        if (!Float.isFinite(stored)) {
          throw new IllegalArgumentException(
              "tensor " + parameter.name() + " holds " + weight + ", which is not an " + type);
        }
      }
      tensors.put(parameter.name(), parameter.value());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Safetensors.write(bytes, tensors, Map.of(), type);
    return bytes.toByteArray();
  }
}
