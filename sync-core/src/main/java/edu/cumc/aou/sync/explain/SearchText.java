package edu.cumc.aou.sync.explain;

import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.PmiId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a caller said, told apart: a PMI ID, an id or address of a Salesforce record, an e-mail
 * address, a phone number, or words of a name. Immutable.
 */
final class SearchText {

  /** Shorter numbers fit too many people. */
  private static final int FEWEST_DIGITS = 7;

  private static final Pattern RECORD_ID =
      Pattern.compile("(?:^|[/=])((?:003|006)[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?)(?:$|[/?&#])");

  private static final Set<String> NAME_FIELDS =
      Set.of("firstname", "middlename", "lastname", "name");

  private final Optional<PmiId> pmiId;
  private final Optional<String> recordId;
  private final String email;
  private final String digits;
  private final List<String> words;

  SearchText(String text) {
    String said = text.strip();
    pmiId = PmiId.tryParse(said.toUpperCase(Locale.ROOT));
    Matcher id = RECORD_ID.matcher(said);
    recordId = pmiId.isEmpty() && id.find() ? Optional.of(id.group(1)) : Optional.empty();
    boolean open = pmiId.isEmpty() && recordId.isEmpty();
    email = open && said.contains("@") ? said.toLowerCase(Locale.ROOT) : "";
    boolean number =
        open
            && email.isEmpty()
            && said.chars().noneMatch(Character::isLetter)
            && digits(said).length() >= FEWEST_DIGITS;
    digits = number ? national(digits(said)) : "";
    words =
        open && email.isEmpty() && !number
            ? Arrays.stream(said.toLowerCase(Locale.ROOT).split("[\\s,]+"))
                .filter(w -> !w.isEmpty())
                .toList()
            : List.of();
  }

  Optional<PmiId> pmiId() {
    return pmiId;
  }

  Optional<String> recordId() {
    return recordId;
  }

  /** Whether nothing was said that could be looked for. */
  boolean isEmpty() {
    return pmiId.isEmpty()
        && recordId.isEmpty()
        && email.isEmpty()
        && digits.isEmpty()
        && words.isEmpty();
  }

  /** Whether values of people must be looked at. */
  boolean asksForValues() {
    return !email.isEmpty() || !digits.isEmpty() || !words.isEmpty();
  }

  /** Whether a field may hold what was said. */
  boolean concerns(FieldInfo field) {
    if (!email.isEmpty()) {
      return field.kind() == FieldKind.EMAIL;
    }
    if (!digits.isEmpty()) {
      return field.kind() == FieldKind.PHONE;
    }
    return NAME_FIELDS.contains(field.name().value().toLowerCase(Locale.ROOT));
  }

  /** Whether these values, of the fields that it concerns, are somebody's who fits. */
  boolean fits(List<String> values) {
    if (!email.isEmpty()) {
      return values.stream().anyMatch(v -> v.toLowerCase(Locale.ROOT).contains(email));
    }
    if (!digits.isEmpty()) {
      return values.stream().anyMatch(v -> digits(v).endsWith(digits));
    }
    List<String> names =
        values.stream()
            .flatMap(v -> Arrays.stream(v.toLowerCase(Locale.ROOT).split("[\\s,]+")))
            .toList();
    return !words.isEmpty()
        && words.stream().allMatch(w -> names.stream().anyMatch(n -> n.startsWith(w)));
  }

  private static String digits(String text) {
    StringBuilder digits = new StringBuilder();
    text.chars().filter(c -> c >= '0' && c <= '9').forEach(c -> digits.append((char) c));
    return digits.toString();
  }

  /** Without the country code of North America. */
  private static String national(String digits) {
    return digits.length() == 11 && digits.startsWith("1") ? digits.substring(1) : digits;
  }

  /** Without what was said. */
  @Override
  public String toString() {
    return "SearchText[hidden]";
  }
}
