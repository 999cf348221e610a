package edu.cumc.aou.sync.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.math.BigDecimal;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One section of the settings, read key by key. A missing or malformed key becomes a problem and
 * gives a stand-in value, so that reading goes on and all problems are reported at once. {@link
 * #done} turns keys that no reader asked for into problems too. Values never enter a problem. Not
 * thread-safe.
 */
public sealed class ConfigSection permits RecordingSection {

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final Config config;
  private final String path;
  private final ConfigProblems problems;
  private final SecretReferences references;
  private final Set<String> asked = new TreeSet<>();

  ConfigSection(Config config, String path, ConfigProblems problems, SecretReferences references) {
    this.config = config;
    this.path = path;
    this.problems = problems;
    this.references = references;
  }

  /** All settings, resolved, with every secret written in them. */
  public static ConfigSection root(Config config, ConfigProblems problems) {
    return root(config, problems, SecretReferences.NONE);
  }

  /** All settings, resolved; their secrets may be kept elsewhere. */
  public static ConfigSection root(
      Config config, ConfigProblems problems, SecretReferences references) {
    return new ConfigSection(config, "", problems, references);
  }

  /** A section below this one; an empty one when it is absent. */
  public ConfigSection section(String key) {
    Config found =
        read(key, "expected a section in braces", Config::getConfig).orElse(ConfigFactory.empty());
    return new ConfigSection(found, pathOf(key), problems, references);
  }

  /** The keys of this section, sorted. */
  public List<String> keys() {
    return new ArrayList<>(new TreeSet<>(config.root().keySet()));
  }

  /** Whether the value is the word {@code off} or null, which switches a default off. */
  public boolean isOff(String key) {
    String quoted = ConfigUtil.joinPath(key);
    return config.hasPathOrNull(quoted)
        && (config.getIsNull(quoted) || config.getValue(quoted).unwrapped().equals("off"));
  }

  /** Marks keys as known without reading them: another module reads them. */
  public ConfigSection passOver(String... keys) {
    asked.addAll(List.of(keys));
    return this;
  }

  /**
   * A text on one line. A control character in it is a problem, because it comes from a lone
   * backslash.
   */
  public Optional<String> text(String key) {
    Optional<String> text = lines(key).map(t -> withoutControls(key, t));
    if (text.isPresent() && leadsElsewhere(key, text.get())) {
      problem(key, "a reference may stand for a password, a token or a key only; write the value");
    }
    return text;
  }

  private boolean leadsElsewhere(String key, String text) {
    try {
      return references.find(pathOf(key), text).isPresent();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** A text that may have several lines. */
  public Optional<String> lines(String key) {
    return read(key, "expected text", Config::getString).filter(t -> !t.isBlank());
  }

  /**
   * A password or the like. A file from Windows or a careless copy may add blanks to it; the other
   * side would refuse it and count that against the user.
   */
  public Optional<SecretText> secret(String key) {
    Optional<String> text = lines(key).map(t -> withoutControls(key, t));
    if (text.isPresent() && !text.get().equals(text.get().strip())) {
      problem(
          key,
          "begins or ends with a blank, which the other side would take for part of it; take the"
              + " blank away, or choose another");
    }
    return text.map(t -> secretText(key, t));
  }

  /** A required secret; an empty one after a problem. */
  public SecretText requiredSecret(String key) {
    return secret(key).orElseGet(() -> new WrittenSecret(missing(key)));
  }

  /** A secret of several lines, such as a private key. */
  public Optional<SecretText> secretLines(String key) {
    return lines(key).map(text -> secretText(key, text));
  }

  private SecretText secretText(String key, String text) {
    try {
      return references.find(pathOf(key), text).orElseGet(() -> new WrittenSecret(text));
    } catch (IllegalArgumentException e) {
      problem(key, String.valueOf(e.getMessage()));
      return new WrittenSecret(text);
    }
  }

  private String withoutControls(String key, String text) {
    String kept = CONTROL.matcher(text).replaceAll("");
    if (kept.length() < text.length()) {
      problem(
          key,
          "holds a control character; at its end it comes from a Windows file (remove the CR),"
              + " elsewhere from a backslash before b, f, n, r or t in quotes (write two, or / in a"
              + " path)");
    }
    return kept;
  }

  public String text(String key, String otherwise) {
    return text(key).orElse(otherwise);
  }

  /** A required text; empty text after a problem. */
  public String requiredText(String key) {
    return text(key).orElseGet(() -> missing(key));
  }

  public List<String> texts(String key) {
    return read(key, "expected a list of texts in square brackets", Config::getStringList)
        .orElse(List.of());
  }

  /**
   * Whether the key has a problem already, so that one mistake is not told twice.
   *
   * @since 0.2.0
   */
  public boolean isWrong(String key) {
    return problems.concern(pathOf(key));
  }

  /** Whether the key is present. */
  public boolean has(String key) {
    asked.add(key);
    return config.hasPath(ConfigUtil.joinPath(key));
  }

  /** A text that keeps its blanks; null means absent. */
  public Optional<String> written(String key) {
    return read(key, "expected text", Config::getString);
  }

  /** A map of texts. A key with a dot in it must be in quotes. */
  public Map<String, String> map(String key) {
    Map<String, String> map = new TreeMap<>();
    ConfigSection values = section(key);
    for (String each : values.keys()) {
      values.written(each).ifPresent(value -> map.put(each, value));
    }
    return map;
  }

  /**
   * The sections of a list, in their order. A single word stands for a section that has this word
   * as a key with the value true.
   */
  public List<ConfigSection> items(String key) {
    List<ConfigSection> items = new ArrayList<>();
    List<? extends ConfigValue> values =
        read(key, "expected a list in square brackets", Config::getList)
            .<List<? extends ConfigValue>>map(list -> list)
            .orElse(List.of());
    for (ConfigValue value : values) {
      String place = pathOf(key) + "." + (items.size() + 1);
      Config item =
          value instanceof ConfigObject object
              ? object.toConfig()
              : ConfigValueFactory.fromMap(Map.of(String.valueOf(value.unwrapped()), true))
                  .toConfig();
      items.add(new ConfigSection(item, place, problems, references));
    }
    return items;
  }

  /** Notes a problem with this section as a whole. */
  public void wrong(String whatAndWhatToDo) {
    asked.addAll(config.root().keySet());
    int line = config.origin().lineNumber();
    problems.add(path, whatAndWhatToDo + (line > 0 ? " (line " + line + ")" : ""));
  }

  public boolean flag(String key, boolean otherwise) {
    return read(key, "expected true or false", Config::getBoolean).orElse(otherwise);
  }

  /** Whether the key is true, or is the single word of an item in {@link #items}. */
  public boolean word(String key) {
    return flag(key, true);
  }

  /** A whole number within bounds; it may be quoted. */
  public int integer(String key, int otherwise, int least, int most) {
    String expected = "expected a whole number";
    Optional<BigDecimal> number =
        parsed(key, read(key, expected, Config::getString), expected, WrittenForms::whole);
    if (number.isEmpty()) {
      return otherwise;
    }
    if (number.get().compareTo(BigDecimal.valueOf(least)) < 0
        || number.get().compareTo(BigDecimal.valueOf(most)) > 0) {
      problem(key, expected + " from " + least + " to " + most);
      return otherwise;
    }
    return number.get().intValueExact();
  }

  /** A share from 0 to 1; also accepts {@code "5%"}. */
  public double share(String key, double otherwise) {
    return parsed(key, "expected a share such as 0.05 or 5%", WrittenForms::share)
        .orElse(otherwise);
  }

  /** A text that is read further; empty if absent, or after a problem. */
  private <T> Optional<T> parsed(String key, String expected, Function<String, T> parse) {
    return parsed(key, text(key), expected, parse);
  }

  private <T> Optional<T> parsed(
      String key, Optional<String> text, String expected, Function<String, T> parse) {
    try {
      return text.map(parse);
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      problem(key, expected);
      return Optional.empty();
    }
  }

  /** A duration such as {@code 5m}, {@code 90d} or {@code 30s}; not negative. */
  public Duration duration(String key, Duration otherwise) {
    String expected = "expected a duration such as 30s, 5m, 2h or 90d";
    Optional<String> text = read(key, expected, Config::getString);
    if (text.isPresent() && !WrittenForms.isDuration(text.get())) {
      problem(key, expected);
      return otherwise;
    }
    return read(key, expected, Config::getDuration).orElse(otherwise);
  }

  public ZoneId zone(String key, ZoneId otherwise) {
    return parsed(key, "expected a time zone such as America/New_York or UTC", ZoneId::of)
        .orElse(otherwise);
  }

  /** An http or https address. */
  public Optional<URI> url(String key) {
    return parsed(
        key, "expected an address such as https://test.salesforce.com", WrittenForms::webAddress);
  }

  /** One of an enum's values, written in lower case with hyphens. */
  public <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
    return choice(key, type).orElse(otherwise);
  }

  /**
   * One of an enum's values, written in lower case with hyphens; empty when absent, or when unknown
   * after a problem.
   */
  public <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String word = word(constant);
      if (word.equals(text.get().strip())) {
        return Optional.of(constant);
      }
      words.add(word);
    }
    problem(key, "expected one of " + String.join(", ", words));
    return Optional.empty();
  }

  /** An enum's value as the settings write it. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Notes that a required setting is missing; returns empty text. */
  public String missing(String key) {
    String variable =
        EnvironmentVariables.variableFor(pathOf(key))
            .map(v -> " or the environment variable " + v)
            .orElse("");
    problem(key, "is missing; set it in the configuration file" + variable);
    return "";
  }

  /** Notes a problem with a key of this section. */
  public void problem(String key, String whatAndWhatToDo) {
    asked.add(key);
    problems.add(pathOf(key), whatAndWhatToDo + origin(key));
  }

  /** Turns every key that no reader asked for into a problem. */
  public void done() {
    for (String key : config.root().keySet()) {
      if (!asked.contains(key)) {
        problem(key, "unknown setting" + Similar.hint(key, asked));
      }
    }
  }

  /** Whether both keys are present and come from the same file. */
  public boolean inOnePlace(String key, String other) {
    String quoted = ConfigUtil.joinPath(key);
    String otherQuoted = ConfigUtil.joinPath(other);
    if (!config.hasPath(quoted) || !config.hasPath(otherQuoted)) {
      return false;
    }
    ConfigOrigin here = config.getValue(quoted).origin();
    ConfigOrigin there = config.getValue(otherQuoted).origin();
    return Objects.equals(here.filename(), there.filename())
        && Objects.equals(here.resource(), there.resource());
  }

  private <T> Optional<T> read(
      String key, String expected, BiFunction<Config, String, @Nullable T> reader) {
    asked.add(key);
    String quoted = ConfigUtil.joinPath(key);
    try {
      return config.hasPath(quoted)
          ? Optional.ofNullable(reader.apply(config, quoted))
          : Optional.empty();
    } catch (ConfigException.WrongType | ConfigException.BadValue e) {
      problem(key, expected);
      return Optional.empty();
    }
  }

  private String origin(String key) {
    String quoted = ConfigUtil.joinPath(key);
    if (!config.hasPathOrNull(quoted) || config.getIsNull(quoted)) {
      return "";
    }
    int line = config.getValue(quoted).origin().lineNumber();
    return line > 0 ? " (line " + line + ")" : "";
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
