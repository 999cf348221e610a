package edu.cumc.aou.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import edu.cumc.aou.sync.config.ConfigShape;
import edu.cumc.aou.sync.config.ConfigShape.Kind;
import edu.cumc.aou.sync.config.ConfigShape.Setting;
import edu.cumc.aou.sync.config.SecretReferences;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.settings.SyncSettings;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The schema and the readers know the same keys. */
class ConfigurationSchemaTest {

  private static final String ANY_FIELD = "MailingCity";

  private final ConfigShape shape = RunSettings.shape();

  /** What the readers say of a configuration. */
  private static String told(String path, Object value) {
    Config config = ConfigFactory.empty();
    config = config.withValue(path, ConfigValueFactory.fromAnyRef(value));
    try {
      Object unused =
          RunSettings.read(
              config.withFallback(SyncSettings.defaults()).resolve(), SecretReferences.NONE);
      return "";
    } catch (SyncException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static String concrete(String path) {
    return path.replace("*", ANY_FIELD);
  }

  private List<Setting> outsideOfLists() {
    return shape.settings().stream().filter(s -> !s.path().contains("[]")).toList();
  }

  @Test
  void whatTheSchemaHas_theReadersKnow() {
    List<String> leaves =
        outsideOfLists().stream()
            .filter(s -> s.kind() != Kind.SECTION)
            // those of one way to log in to a database are unknown in another
            .filter(s -> !s.path().matches("(source|store)\\.auth\\.(domain|keytab)"))
            .map(s -> concrete(s.path()))
            .toList();
    assertThat(leaves).hasSizeGreaterThan(100);
    assertThat(leaves)
        .allSatisfy(path -> assertThat(told(path, "x")).doesNotContain(path + ": unknown setting"));
  }

  @Test
  void whatTheSchemaDoesNotHave_theReadersRefuse() {
    List<String> sections =
        outsideOfLists().stream()
            .filter(s -> s.kind() == Kind.SECTION && shape.isClosed(s.path()))
            .map(s -> concrete(s.path()))
            .filter(path -> !path.equals("salesforce.auth"))
            .toList();
    assertThat(sections).hasSizeGreaterThan(15);
    assertThat(sections)
        .filteredOn(path -> !path.endsWith(".fields"))
        .allSatisfy(
            path ->
                assertThat(told(path + ".no-such-key", "x"))
                    .contains(path + ".no-such-key: unknown setting"));
    assertThat(told("no-such-key", "x")).contains("no-such-key: unknown setting");
  }

  @Test
  void everyStep_isInTheSchema_andRead() {
    Map<String, Kind> keys =
        shape.settings().stream()
            .filter(s -> s.path().startsWith("contact.fields.*.steps[]."))
            .collect(
                Collectors.toMap(
                    s -> s.path().substring("contact.fields.*.steps[].".length()), Setting::kind));
    assertThat(keys)
        .containsEntry("map", Kind.MAP)
        .containsEntry("unknown", Kind.CHOICE)
        .containsEntry("substring", Kind.NUMBER)
        .containsEntry("date.from", Kind.TEXT)
        .containsEntry("own", Kind.TEXT)
        .containsKeys("table", "key", "value", "join", "with", "prefix", "suffix", "by", "pattern");
    assertThat(shape.wordsOf("contact.fields.*.steps[]"))
        .containsExactlyInAnyOrder("upper-case", "lower-case", "digits");
  }

  @Test
  void branches_areAllIn() {
    List<String> paths = shape.settings().stream().map(Setting::path).toList();
    assertThat(paths)
        .contains(
            "salesforce.auth.client-secret",
            "salesforce.auth.security-token",
            "salesforce.auth.private-key-file",
            "salesforce.auth.access-token",
            "source.auth.domain",
            "store.auth.keytab",
            "notify.mail.security",
            "notify.webhook.proxy.host",
            "notify.command.run",
            "hooks.after-run.timeout",
            "guards.max-inserts.share");
  }

  @Test
  void defaults_fitTheSchema_byTheirKeys() {
    ObjectNode schema = ConfigurationSchema.of(Map.of());
    assertThat(
            schema.at(
                "/properties/contact/properties/fields/additionalProperties/anyOf/0/properties/policy/enum"))
        .extracting(n -> n.asText())
        .containsExactly("overwrite", "never-clear", "fill-only");
    assertThat(schema.at("/additionalProperties").asBoolean(true)).isFalse();
    SyncSettings.defaults()
        .resolve()
        .entrySet()
        .forEach(
            e -> {
              String path = e.getKey().replaceAll("^((contact|journey)\\.fields)\\.[^.]+", "$1.*");
              assertThat(shape.settings().stream().map(Setting::path)).contains(path);
            });
  }
}
