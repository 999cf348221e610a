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
 * Which settings there are, learned from the readers themselves: they read a section that notes
 * what they ask for. Where a reader asks for different things by what is there, it reads again for
 * each of these cases. Not thread-safe.
 */
public final class ConfigShape {

  /** What a setting takes; of two that are asked for, the later one says more. */
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
    /** One of some words. */
    CHOICE,
    /** Texts by texts. */
    MAP,
    /** A list of sections. */
    ITEMS
  }

  /**
   * One setting.
   *
   * @param path its keys with dots between; {@code *} is any name, {@code []} an item of a list
   * @param words what it may be, for a choice; what an item may be instead of a section
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

  /** Lets the readers read the whole of the settings until they ask for nothing new. */
  public static ConfigShape of(Consumer<ConfigSection> readers) {
    ConfigShape shape = new ConfigShape();
    shape.cases.add(Map.of());
    while (!shape.cases.isEmpty()) {
      shape.current = shape.cases.remove();
      readers.accept(new RecordingSection("", shape));
    }
    return shape;
  }

  /** All settings and sections, by their paths. */
  public Collection<Setting> settings() {
    return List.copyOf(settings.values());
  }

  /** Whether {@code off} or null stands for leaving it out. */
  public boolean mayBeOff(String path) {
    return switchedOff.contains(path);
  }

  /** Whether its reader refuses keys that nobody asked for. */
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

  /** What the setting is in the case at hand; empty text for absent. The other cases come later. */
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

  /** A word that may stand for the section of an item. */
  void addWord(String itemPath, String word) {
    wordsOfItems.computeIfAbsent(itemPath, p -> new TreeSet<>()).add(word);
  }

  /** The words that may stand for the section of an item. */
  public Set<String> wordsOf(String itemPath) {
    return Set.copyOf(wordsOfItems.getOrDefault(itemPath, Set.of()));
  }
}
