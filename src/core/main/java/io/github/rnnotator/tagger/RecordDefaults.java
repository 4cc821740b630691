package io.github.rnnotator.tagger;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.deser.impl.PropertyValueBuffer;
import com.fasterxml.jackson.databind.deser.std.StdValueInstantiator;
import com.fasterxml.jackson.databind.module.SimpleValueInstantiators;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads records whose missing components have default values. They are filled in after the present
 * ones are read, so that errors keep their line numbers.
 */
final class RecordDefaults extends SimpleValueInstantiators {
  private static final long serialVersionUID = 1L;
  private final transient Map<Class<?>, JsonNode> defaults;

  private RecordDefaults(Map<Class<?>, JsonNode> defaults) {
    this.defaults = defaults;
  }

  /**
   * Creates the defaults of some records.
   *
   * @param defaults one of each type
   * @param mapper with the names of the keys
   */
  static RecordDefaults of(List<Record> defaults, ObjectMapper mapper) {
    Map<Class<?>, JsonNode> trees = new HashMap<>();
    defaults.forEach(value -> trees.put(value.getClass(), mapper.valueToTree(value)));
    return new RecordDefaults(trees);
  }

  @Override
  public ValueInstantiator findValueInstantiator(
      DeserializationConfig config, BeanDescription type, ValueInstantiator standard) {
    JsonNode values = defaults.get(type.getBeanClass());
    return values != null && standard instanceof StdValueInstantiator instantiator
        ? new WithDefaults(instantiator, values)
        : standard;
  }

  private static final class WithDefaults extends StdValueInstantiator {
    private static final long serialVersionUID = 1L;
    private final transient JsonNode values;

    WithDefaults(StdValueInstantiator standard, JsonNode values) {
      super(standard);
      this.values = values;
    }

    @Override
    public Object createFromObjectWith(
        DeserializationContext context,
        SettableBeanProperty[] components,
        PropertyValueBuffer given)
        throws IOException {
      for (SettableBeanProperty component : components) {
        JsonNode value = values.get(component.getName());
        if (value != null
            && (!given.hasParameter(component) || given.getParameter(component) == null)) {
          try (JsonParser parser = value.traverse(context.getParser().getCodec())) {
            parser.nextToken();
            given.assignParameter(component, component.deserialize(parser, context));
          }
        }
      }
      return super.createFromObjectWith(context, components, given);
    }
  }
}
