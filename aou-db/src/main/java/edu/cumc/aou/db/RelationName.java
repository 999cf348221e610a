package edu.cumc.aou.db;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a table or view in one to three parts: {@code healthpro}, {@code dbo.healthpro},
 * {@code dm_aou.dbo.healthpro}. Each part may stand in {@code [brackets]} or {@code "quotes"}.
 *
 * @param parts from the outermost inwards; none is empty or holds a control character, a quote or a
 *     bracket
 */
public record RelationName(List<String> parts) {

  private static final int MOST_PARTS = 3;
  private static final int MOST_CHARACTERS = 128;
  private static final Pattern PART =
      Pattern.compile("\\[([^\\[\\]\"]+)]|\"([^\\[\\]\"]+)\"|([^\\[\\]\".]+)");

  /** Throws {@link IllegalArgumentException}, without the value, for anything else. */
  public RelationName {
    parts = List.copyOf(parts);
    if (parts.isEmpty()
        || parts.size() > MOST_PARTS
        || !parts.stream().allMatch(RelationName::isPart)) {
      throw new IllegalArgumentException(
          "expected a table or view such as dbo.healthpro, in one to three parts");
    }
  }

  /** Reads a name; empty when it is none. */
  public static Optional<RelationName> tryParse(String text) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = PART.matcher(text.strip());
    int at = 0;
    while (matcher.find() && matcher.start() == at) {
      for (int group = 1; group <= matcher.groupCount(); group++) {
        if (matcher.group(group) != null) {
          parts.add(matcher.group(group).strip());
        }
      }
      at = matcher.end();
      if (at == text.strip().length()) {
        boolean valid = parts.size() <= MOST_PARTS && parts.stream().allMatch(RelationName::isPart);
        return valid ? Optional.of(new RelationName(parts)) : Optional.empty();
      }
      if (text.strip().charAt(at) != '.') {
        return Optional.empty();
      }
      at++;
      matcher.region(at, text.strip().length());
    }
    return Optional.empty();
  }

  private static boolean isPart(String part) {
    return !part.isBlank()
        && part.length() <= MOST_CHARACTERS
        && part.chars().noneMatch(c -> Character.isISOControl(c) || "[]\"".indexOf(c) >= 0);
  }

  /** The innermost part. */
  public String table() {
    return parts.get(parts.size() - 1);
  }

  /** As the settings write it. */
  @Override
  public String toString() {
    return String.join(".", parts);
  }
}
