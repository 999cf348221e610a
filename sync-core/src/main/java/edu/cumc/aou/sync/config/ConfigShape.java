package edu.cumc.aou.sync.config;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Learns which settings exist from the readers themselves: they read a section that records what
 * they ask for. Where a reader asks for different keys depending on a value, it reads again for
 * each case. Not thread-safe.
 */
public final class ConfigShape {

  /** What a setting takes; if two readers ask differently, the later kind in this list wins. */
  public enum Kind {
    SECTION,
    TEXT,
    /** A password or the like, or a reference to one. */
    SECRET,
    TEXTS,
    FLAG,
    NUMBER,
    SHARE,
    DURATION,
    ZONE,
    URL,
    /** One of several words. */
    CHOICE,
    /** A map of texts. */
    MAP,
    /** A list of sections. */
    ITEMS
  }

  /**
   * One setting.
   *
   * @param path its keys joined by dots; {@code *} is any name, {@code []} an item of a list
   * @param words the possible words of a choice, or those that may replace an item's section
   * @param least of a number
   * @param most of a number
   */
  public record Setting(String path, Kind kind, List<String> words, long least, long most) {
    public Setting {
      words = List.copyOf(words);
    }
  }

  private record Branch(String path, String value) {}

  private final Map<String, Setting> settings = new TreeMap<>();
  private final Set<String> switchedOff = new TreeSet<>();
  private final Set<String> closed = new TreeSet<>();
  private final Map<String, Set<String>> wordsOfItems = new TreeMap<>();
  private final Set<Branch> branches = new HashSet<>();
  private Deque<Map<String, String>> cases = new ArrayDeque<>();
  private Map<String, String> current = Map.of();

  private ConfigShape() {}

  /** Lets the readers read all settings until they ask for nothing new. */
  public static ConfigShape of(Consumer<ConfigSection> readers) {
    ConfigShape shape = new ConfigShape();
    shape.cases.add(Map.of());
    while (!shape.cases.isEmpty()) {
      shape.current = shape.cases.remove();
      readers.accept(new RecordingSection("", shape));
    }
    return shape;
  }

  /** All settings and sections, ordered by path. */
  public Collection<Setting> settings() {
    return List.copyOf(settings.values());
  }

  /** Whether {@code off} or null means leaving it out. */
  public boolean mayBeOff(String path) {
    return switchedOff.contains(path);
  }

  /** Whether its reader refuses unknown keys. */
  public boolean isClosed(String path) {
    return closed.contains(path);
  }

  void add(String path, Kind kind) {
    add(new Setting(path, kind, List.of(), Long.MIN_VALUE, Long.MAX_VALUE));
  }

  void add(Setting setting) {
    settings.merge(
        setting.path(),
        setting,
        (known, more) -> known.kind().compareTo(more.kind()) >= 0 ? known : more);
  }

  void addOff(String path) {
    switchedOff.add(path);
  }

  void close(String path) {
    closed.add(path);
  }

  /**
   * The value of the setting in the current case; empty text for absent. The other cases come
   * later.
   */
  String oneOf(String path, Collection<String> values) {
    for (String value : values) {
      if (branches.add(new Branch(path, value))) {
        Map<String, String> next = new HashMap<>(current);
        next.put(path, value);
        cases.add(next);
      }
    }
    return current.getOrDefault(path, "");
  }

  /** Adds a word that may replace the section of an item. */
  void addWord(String itemPath, String word) {
    wordsOfItems.computeIfAbsent(itemPath, p -> new TreeSet<>()).add(word);
  }

  /** The words that may replace the section of an item. */
  public Set<String> wordsOf(String itemPath) {
    return Set.copyOf(wordsOfItems.getOrDefault(itemPath, Set.of()));
  }
}
