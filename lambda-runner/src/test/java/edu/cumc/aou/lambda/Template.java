package edu.cumc.aou.lambda;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The deployment template; {@code !Ref X} and its like are maps of one entry, {@code {!Ref: X}}.
 */
final class Template {

  private final Map<String, Object> root;

  private Template(Map<String, Object> root) {
    this.root = root;
  }

  static Template read(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      return new Template(new Yaml(new WithFunctions()).load(reader));
    }
  }

  /** What stands at the end of this path of keys, in which numbers are places of lists. */
  Object at(String... path) {
    Object at = root;
    for (String step : path) {
      at =
          at instanceof List<?> list
              ? list.get(Integer.parseInt(step))
              : ((Map<?, ?>) at).get(step);
      if (at == null) {
        throw new AssertionError("the template has no " + String.join(".", path));
      }
    }
    return at;
  }

  @SuppressWarnings("unchecked") // of a template, as CloudFormation reads it
  Map<String, Object> map(String... path) {
    return (Map<String, Object>) at(path);
  }

  /** The names of the resources of this type. */
  List<String> ofType(String type) {
    return map("Resources").keySet().stream()
        .filter(name -> at("Resources", name, "Type").equals(type))
        .toList();
  }

  /** Every map of the template that has this key. */
  List<Map<?, ?>> mapsWith(String key) {
    List<Map<?, ?>> found = new ArrayList<>();
    visit(
        root,
        (map, ignored) -> {
          if (map.containsKey(key)) {
            found.add(map);
          }
        });
    return found;
  }

  private static void visit(Object node, BiConsumer<Map<?, ?>, Object> visitor) {
    if (node instanceof Map<?, ?> map) {
      visitor.accept(map, node);
      map.values().forEach(v -> visit(v, visitor));
    } else if (node instanceof List<?> list) {
      list.forEach(v -> visit(v, visitor));
    }
  }

  private static final class WithFunctions extends SafeConstructor {
    WithFunctions() {
      super(new LoaderOptions());
      yamlMultiConstructors.put(
          "!",
          new AbstractConstruct() {
            @Override
            public Object construct(Node node) {
              Object value =
                  node instanceof ScalarNode scalar
                      ? scalar.getValue()
                      : node instanceof SequenceNode sequence
                          ? constructSequence(sequence)
                          : constructMapping((MappingNode) node);
              return Map.of(node.getTag().getValue(), value);
            }
          });
    }
  }
}
