package edu.cumc.aou.sync.config;

import com.typesafe.config.ConfigFactory;
import edu.cumc.aou.sync.config.ConfigShape.Kind;
import edu.cumc.aou.sync.config.ConfigShape.Setting;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An empty section that records what readers ask for. It drops problems. */
final class RecordingSection extends ConfigSection {

  /** Any name: the site chooses the names in this section. */
  static final String ANY = "*";

  /** Ends a path that leads to an item of a list. */
  static final String ITEM = "[]";

  private static final String PRESENT = "present";

  private final String path;
  private final ConfigShape shape;

  RecordingSection(String path, ConfigShape shape) {
    super(ConfigFactory.empty(), path, new ConfigProblems(), SecretReferences.NONE);
    this.path = path;
    this.shape = shape;
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private <T> Optional<T> note(String key, Kind kind) {
    shape.add(at(key), kind);
    return Optional.empty();
  }

  @Override
  public ConfigSection section(String key) {
    shape.add(at(key), Kind.SECTION);
    return new RecordingSection(at(key), shape);
  }

  @Override
  public List<String> keys() {
    return List.of(ANY);
  }

  @Override
  public boolean isOff(String key) {
    shape.addOff(at(key));
    return false;
  }

  @Override
  public ConfigSection passOver(String... keys) {
    return this;
  }

  @Override
  public boolean has(String key) {
    return !shape.oneOf(at(key), List.of(PRESENT)).isEmpty();
  }

  @Override
  public Optional<String> text(String key) {
    return note(key, Kind.TEXT);
  }

  @Override
  public Optional<String> lines(String key) {
    return note(key, Kind.TEXT);
  }

  @Override
  public Optional<String> written(String key) {
    return note(key, Kind.TEXT);
  }

  @Override
  public Optional<SecretText> secret(String key) {
    return note(key, Kind.SECRET);
  }

  @Override
  public Optional<SecretText> secretLines(String key) {
    return note(key, Kind.SECRET);
  }

  @Override
  public List<String> texts(String key) {
    shape.add(at(key), Kind.TEXTS);
    return List.of();
  }

  @Override
  public Map<String, String> map(String key) {
    shape.add(at(key), Kind.MAP);
    return Map.of();
  }

  @Override
  public List<ConfigSection> items(String key) {
    String item = at(key) + ITEM;
    shape.add(at(key), Kind.ITEMS);
    shape.add(item, Kind.SECTION);
    return List.of(new RecordingSection(item, shape));
  }

  @Override
  public boolean flag(String key, boolean otherwise) {
    shape.add(at(key), Kind.FLAG);
    return otherwise;
  }

  @Override
  public boolean word(String key) {
    shape.addWord(path, key);
    return flag(key, true);
  }

  @Override
  public int integer(String key, int otherwise, int least, int most) {
    shape.add(new Setting(at(key), Kind.NUMBER, List.of(), least, most));
    return otherwise;
  }

  @Override
  public double share(String key, double otherwise) {
    shape.add(at(key), Kind.SHARE);
    return otherwise;
  }

  @Override
  public Duration duration(String key, Duration otherwise) {
    shape.add(at(key), Kind.DURATION);
    return otherwise;
  }

  @Override
  public ZoneId zone(String key, ZoneId otherwise) {
    shape.add(at(key), Kind.ZONE);
    return otherwise;
  }

  @Override
  public Optional<URI> url(String key) {
    return note(key, Kind.URL);
  }

  @Override
  public <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
    List<E> values = Arrays.asList(type.getEnumConstants());
    List<String> words = values.stream().map(ConfigSection::word).toList();
    shape.add(new Setting(at(key), Kind.CHOICE, words, Long.MIN_VALUE, Long.MAX_VALUE));
    String chosen = shape.oneOf(at(key), words);
    return values.stream().filter(v -> word(v).equals(chosen)).findFirst();
  }

  @Override
  public void problem(String key, String whatAndWhatToDo) {
    // An empty section has nothing that could be wrong.
  }

  @Override
  public void wrong(String whatAndWhatToDo) {}

  @Override
  public void done() {
    shape.close(path);
  }

  @Override
  public boolean inOnePlace(String key, String other) {
    return false;
  }
}
