package io.github.rnnotator.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.rnnotator.eval.EvaluationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The JSON of reports, and the schema that describes it. */
class JsonReportTest {
  private final JsonSchema schema = schema();

  private static JsonSchema schema() {
    try {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(Files.readString(Path.of("docs/evaluation.schema.json")));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void reportsAreAsTheSchemaSays() {
    for (long seed = 0; seed < 20; seed++) {
      assertThat(schema.validate(Reports.json(Reports.full(seed)))).isEmpty();
    }
    assertThat(schema.validate(Reports.json(Reports.perfect()))).isEmpty();
  }

  /** Removes, adds and alters each member in turn; the schema must notice. */
  @Test
  void schemaRefusesAlteredReports() {
    JsonNode report = Reports.json(Reports.full(1));
    List<String> missed = new ArrayList<>();
    spoil(report, report, "", missed);
    assertThat(missed).isEmpty();
  }

  private void spoil(JsonNode report, JsonNode part, String at, List<String> missed) {
    if (part instanceof ObjectNode object) {
      object.put("unheardOf", 1);
      if (schema.validate(report).isEmpty()) {
        missed.add(at + " with one member more");
      }
      object.remove("unheardOf");
      for (String name : names(object)) {
        JsonNode value = object.get(name);
        object.put(name, value.isBoolean() ? "true" : "-1.5x");
        boolean spoilt = !value.isTextual();
        if (spoilt && schema.validate(report).isEmpty()) {
          missed.add(at + "/" + name + " spoilt");
        }
        object.set(name, value);
        spoil(report, value, at + "/" + name, missed);
      }
    } else if (part.isArray() && !part.isEmpty()) {
      spoil(report, part.get(0), at + "/0", missed);
    }
  }

  private static List<String> names(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void everyComponentOfTheReportIsInIt() {
    EvaluationReport report = Reports.full(3);
    assertSame(report, Reports.json(report), "");
  }

  private static void assertSame(Object value, JsonNode json, String at) {
    if (value instanceof Record part) {
      for (var component : part.getClass().getRecordComponents()) {
        Object member;
        try {
          member = component.getAccessor().invoke(part);
        } catch (ReflectiveOperationException e) {
          throw new AssertionError(e);
        }
        assertThat(json.has(component.getName()))
            .as(at + "/" + component.getName())
            .isEqualTo(member != null);
        if (member != null) {
          assertSame(member, json.get(component.getName()), at + "/" + component.getName());
        }
      }
      assertThat(json).as(at).hasSize((int) json.properties().size());
    } else if (value instanceof Collection<?> items) {
      assertThat(json.size()).as(at).isEqualTo(items.size());
      int i = 0;
      for (Object item : items) {
        assertSame(item, json.get(i), at + "/" + i++);
      }
    } else if (value instanceof Double number) {
      assertThat(json.doubleValue()).as(at).isEqualTo(number);
    } else if (value instanceof Number number) {
      assertThat(json.longValue()).as(at).isEqualTo(number.longValue());
    } else if (value instanceof Boolean truth) {
      assertThat(json.booleanValue()).as(at).isEqualTo(truth);
    } else {
      assertThat(json.textValue()).as(at).isEqualTo(value);
    }
  }

  @Test
  void theExampleOfTheDocumentationIsAsTheSchemaSays() throws IOException {
    String page = Files.readString(Path.of("docs/evaluation-json.md"));
    Matcher example = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL).matcher(page);
    assertThat(example.find()).isTrue();
    assertThat(schema.validate(new ObjectMapper().readTree(example.group(1)))).isEmpty();
  }

  @Test
  void everyKeyIsDocumented() throws IOException {
    String page = Files.readString(Path.of("docs/evaluation-json.md"));
    JsonNode definitions =
        new ObjectMapper().readTree(Files.readString(Path.of("docs/evaluation.schema.json")));
    for (JsonNode properties : definitions.findValues("properties")) {
      for (Map.Entry<String, JsonNode> property : properties.properties()) {
        assertThat(page).contains("`" + property.getKey() + "`");
      }
    }
  }
}
