package edu.cumc.aou.sync.explain;

import edu.cumc.aou.sync.model.PmiId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises what a caller said: a PMI ID, an id or address of a Salesforce record, an e-mail
 * address, a phone number, or words of a name. Immutable.
 */
final class SearchText {

  /** Shorter numbers fit too many people. */
  private static final int FEWEST_DIGITS = 7;

  private static final Pattern RECORD_ID =
      Pattern.compile("(?:^|[/=])((?:003|006)[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?)(?:$|[/?&#])");

  private static final Pattern EXTENSION =
      Pattern.compile("(?i)\\s*(?:x|ext|extension)\\.?\\s*[0-9]+\\s*$");

  /** Punctuation of a phone number is allowed; days such as 1968-01-19 are not phone numbers. */
  private static final Pattern PHONE =
      Pattern.compile("(?!(?:18|19|20)[0-9]{2}-[0-9]{2}-[0-9]{2})[0-9 ()+./-]*");

  private static final Set<String> NAME_FIELDS =
      Set.of("firstname", "middlename", "lastname", "name");

  private final Optional<PmiId> pmiId;
  private final Optional<String> recordId;
  private final String key;
  private final String email;
  private final String digits;
  private final List<String> words;

  SearchText(String text) {
    String said = text.strip();
    pmiId = PmiId.tryParse(said.toUpperCase(Locale.ROOT));
    Matcher id = RECORD_ID.matcher(said);
    recordId = pmiId.isEmpty() && id.find() ? Optional.of(id.group(1)) : Optional.empty();
    key = said.replaceAll("\\s", "").toUpperCase(Locale.ROOT);
    boolean open = pmiId.isEmpty() && recordId.isEmpty();
    email = open && said.contains("@") ? said.toLowerCase(Locale.ROOT) : "";
    boolean number =
        open
            && email.isEmpty()
            && isPhone(said)
            && digits(withoutExtension(said)).length() >= FEWEST_DIGITS;
    digits = number ? national(digits(withoutExtension(said))) : "";
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

  /** Whether the text holds nothing to look for. */
  boolean isEmpty() {
    return pmiId.isEmpty()
        && recordId.isEmpty()
        && email.isEmpty()
        && digits.isEmpty()
        && words.isEmpty();
  }

  /** Whether the search must look at people's values. */
  boolean asksForValues() {
    return !email.isEmpty() || !digits.isEmpty() || !words.isEmpty();
  }

  /**
   * Whether a field of a Contact may hold what was said. An e-mail address or a number may stand in
   * any field: only the org knows the kind of each.
   */
  boolean concerns(String field) {
    return words.isEmpty() || isName(field);
  }

  /** Whether a field of a Contact is part of the name. */
  static boolean isName(String field) {
    return NAME_FIELDS.contains(field.toLowerCase(Locale.ROOT));
  }

  /** Whether the text stands in a row in the place of its PMI ID. */
  boolean isKey(String keyOfRow) {
    return !key.isEmpty() && key.equals(keyOfRow);
  }

  /** Whether these values fit what was said; they come from the fields that it concerns. */
  boolean fits(List<String> values) {
    if (!email.isEmpty()) {
      return values.stream().anyMatch(v -> v.toLowerCase(Locale.ROOT).contains(email));
    }
    if (!digits.isEmpty()) {
      return values.stream()
          .filter(SearchText::isPhone)
          .anyMatch(v -> digits(withoutExtension(v)).endsWith(digits));
    }
    List<String> names =
        values.stream()
            .flatMap(v -> Arrays.stream(v.toLowerCase(Locale.ROOT).split("[\\s,]+")))
            .toList();
    return !words.isEmpty()
        && words.stream().allMatch(w -> names.stream().anyMatch(n -> n.startsWith(w)));
  }

  private static boolean isPhone(String text) {
    return PHONE.matcher(withoutExtension(text)).matches();
  }

  private static String withoutExtension(String text) {
    return EXTENSION.matcher(text).replaceFirst("");
  }

  private static String digits(String text) {
    StringBuilder digits = new StringBuilder();
    text.chars().filter(c -> c >= '0' && c <= '9').forEach(c -> digits.append((char) c));
    return digits.toString();
  }

  private static String national(String digits) {
    return digits.length() == 11 && digits.startsWith("1") ? digits.substring(1) : digits;
  }

  @Override
  public String toString() {
    return "SearchText[hidden]";
  }
}
