package io.github.rnnotator.formats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.rnnotator.io.CorpusException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Parses documents from JSON objects.
 *
 * @param source the file's name
 * @param textField the field of the text
 * @param idField the field of the document's name
 * @param json creates the parsers
 */
record JsonRecords(String source, String textField, String idField, JsonFactory json)
    implements RecordReader.Syntax {
  JsonRecords(String source, String textField, String idField) {
    this(source, textField, idField, new JsonFactory());
  }

  @Override
  public RecordReader.Entry read(String line, int number) throws CorpusException {
    try (JsonParser in = json.createParser(line)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw error(number, "expected a JSON object");
      }
      String text = null;
      String id = null;
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String field = in.currentName();
        JsonToken value = in.nextToken();
        if (field.equals(textField)) {
          text = value == JsonToken.VALUE_STRING ? in.getText() : null;
        } else if (field.equals(idField) && value.isScalarValue()) {
          id = value == JsonToken.VALUE_NULL ? null : in.getText();
        }
        in.skipChildren();
      }
      if (in.nextToken() != null) {
        throw error(number, "more after the end of the object; expected one object per line");
      }
      return new RecordReader.Entry(
          id == null ? String.valueOf(number) : id, required(text, number));
    } catch (JsonProcessingException e) {
      int column = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getColumnNr());
      throw new CorpusException(
          source,
          number,
          column,
          "not a JSON object: " + e.getOriginalMessage().lines().findFirst().orElse(""));
    } catch (CorpusException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String required(@Nullable String text, int number) throws CorpusException {
    if (text == null) {
      throw error(
          number, "no field '" + textField + "' with a string; name another with --text-field");
    }
    return text;
  }

  private CorpusException error(int number, String problem) {
    return new CorpusException(source, number, problem);
  }
}
