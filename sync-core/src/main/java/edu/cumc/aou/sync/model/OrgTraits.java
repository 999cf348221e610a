package edu.cumc.aou.sync.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parts of an org's setup that act on what the sync writes: fields, picklists, rules and
 * automations, each by its API name. What the user may not see is missing here, and its absence
 * means nothing. Immutable.
 */
public final class OrgTraits {

  /** Nothing is known yet. */
  public static final OrgTraits NONE = new OrgTraits(new TreeMap<>());

  /** Separates the parts of a name; no API name contains it. */
  private static final char BAR = '|';

  private final SortedMap<String, String> traits;

  private OrgTraits(SortedMap<String, String> traits) {
    this.traits = Collections.unmodifiableSortedMap(traits);
  }

  /** Kinds of traits. */
  public enum Sort {
    FIELD("field"),
    PICKLIST_VALUE("picklist value"),
    FLOW("flow"),
    TRIGGER("trigger"),
    VALIDATION_RULE("validation rule"),
    DUPLICATE_RULE("duplicate rule"),
    MATCHING_RULE("matching rule"),
    MAIL("e-mail of automation");

    private final String words;

    Sort(String words) {
      this.words = words;
    }

    /** What people call one of them. */
    public String words() {
      return words;
    }
  }

  /** Reads what {@link #stored} gave. */
  public static OrgTraits ofStored(Map<String, String> stored) {
    return new OrgTraits(new TreeMap<>(stored));
  }

  /** The traits as {@link #ofStored} reads them. */
  public SortedMap<String, String> stored() {
    return traits;
  }

  /** Adds what describe says about an object's fields. */
  public OrgTraits with(ObjectInfo info) {
    Map<String, String> fields = new TreeMap<>();
    Map<String, String> values = new TreeMap<>();
    for (FieldInfo field : info.fields()) {
      fields.put(field.name().value(), words(field));
      field.picklistValues().forEach(v -> values.put(field.name().value() + BAR + v, ""));
    }
    return with(Sort.FIELD, info.name(), fields).with(Sort.PICKLIST_VALUE, info.name(), values);
  }

  private static String words(FieldInfo field) {
    List<String> words = new ArrayList<>();
    String kind = field.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    words.add(field.length() > 0 ? kind + " of " + field.length() : kind);
    add(words, field.required(), "required");
    add(words, field.unique(), "unique");
    add(words, field.externalId(), "external id");
    add(words, field.restricted(), "restricted");
    add(words, !field.createable(), "not to be set on new records");
    add(words, !field.updateable(), "not to be changed");
    return String.join(", ", words);
  }

  private static void add(List<String> words, boolean is, String word) {
    if (is) {
      words.add(word);
    }
  }

  /** Adds everything of one sort, by name, and replaces what was known of that sort. */
  public OrgTraits with(Sort sort, String object, Map<String, String> names) {
    SortedMap<String, String> more = new TreeMap<>(traits);
    String group = group(sort, object);
    more.keySet().removeIf(key -> key.startsWith(group));
    // An entry without a name says that this sort was seen, even if it has no members.
    more.put(group, "");
    names.forEach((name, detail) -> more.put(group + name, detail));
    return new OrgTraits(more);
  }

  private static String group(Sort sort, String object) {
    return sort.name() + BAR + object + BAR;
  }

  private static String groupOf(String key) {
    return key.substring(0, key.indexOf(BAR, key.indexOf(BAR) + 1) + 1);
  }

  /** These traits; for sorts that they do not cover, those known before. */
  public OrgTraits over(OrgTraits before) {
    SortedMap<String, String> all = new TreeMap<>(traits);
    before.traits.forEach(
        (key, detail) -> {
          if (!traits.containsKey(groupOf(key))) {
            all.put(key, detail);
          }
        });
    return new OrgTraits(all);
  }

  /** What has changed. A sort that only one of the two covers has not changed. */
  public List<OrgChange> since(OrgTraits before) {
    List<OrgChange> changes = new ArrayList<>();
    traits.forEach(
        (key, is) -> {
          if (isComparable(key, before)) {
            String was = before.traits.get(key);
            if (was == null) {
              addUnlessOfField(changes, OrgChange.Kind.ADDED, key, before);
            } else if (!was.equals(is)) {
              changes.add(new OrgChange(OrgChange.Kind.CHANGED, name(key), was, is));
            }
          }
        });
    before.traits.forEach(
        (key, was) -> {
          if (before.isComparable(key, this) && !traits.containsKey(key)) {
            addUnlessOfField(changes, OrgChange.Kind.REMOVED, key, this);
          }
        });
    return changes;
  }

  /** A hash over all of them. */
  public String hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      traits.forEach((key, detail) -> digest.update((key + "\0" + detail + "\0").getBytes(UTF_8)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private boolean isComparable(String key, OrgTraits other) {
    String group = groupOf(key);
    return !key.equals(group) && other.traits.containsKey(group) && traits.containsKey(group);
  }

  /** A picklist that came or went as a whole does not list its values one by one. */
  private static void addUnlessOfField(
      List<OrgChange> changes, OrgChange.Kind kind, String key, OrgTraits other) {
    if (key.startsWith(Sort.PICKLIST_VALUE.name() + BAR)) {
      String[] parts = key.split("\\|", 4);
      if (!other.traits.containsKey(group(Sort.FIELD, parts[1]) + parts[2])) {
        return;
      }
    }
    changes.add(new OrgChange(kind, name(key), "", ""));
  }

  private static String name(String key) {
    String[] parts = key.split("\\|", 4);
    Sort sort = Sort.valueOf(parts[0]);
    return switch (sort) {
      case FIELD -> "field " + parts[1] + "." + parts[2];
      case PICKLIST_VALUE -> "value \"" + parts[3] + "\" of " + parts[1] + "." + parts[2];
      case MAIL -> sort.words();
      case FLOW, TRIGGER, VALIDATION_RULE, DUPLICATE_RULE, MATCHING_RULE ->
          sort.words() + " " + parts[2] + " on " + parts[1];
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OrgTraits same && same.traits.equals(traits);
  }

  @Override
  public int hashCode() {
    return traits.hashCode();
  }

  @Override
  public String toString() {
    return "OrgTraits[" + traits.size() + "]";
  }
}
