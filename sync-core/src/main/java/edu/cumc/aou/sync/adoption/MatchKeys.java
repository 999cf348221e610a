package edu.cumc.aou.sync.adoption;

import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.FieldValues;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parts of a person that are compared. Personal data, though most of it is hashed.
 *
 * @param keys one for each e-mail address and phone number, combined with the sound of first and
 *     last name; none without both names. Equal keys mean the same person, or a namesake with the
 *     same address or number. Includes {@code sure}
 * @param sure those of the keys that only one person can have: an address or number with the date
 *     of birth and either the first name, or both names in any order
 * @param birthdate empty text if unknown
 * @param first the first name without regard to case, accents and punctuation
 * @param whole the e-mail address with both names in that form; 0 without an address
 */
record MatchKeys(Set<Long> keys, Set<Long> sure, String birthdate, long first, long whole) {

  static final FieldName FIRST_NAME = new FieldName("FirstName");
  static final FieldName LAST_NAME = new FieldName("LastName");
  static final FieldName EMAIL = new FieldName("Email");
  static final FieldName BIRTHDATE = new FieldName("Birthdate");

  static final List<FieldName> PHONES =
      List.of(
          new FieldName("Phone"),
          new FieldName("MobilePhone"),
          new FieldName("HomePhone"),
          new FieldName("OtherPhone"));

  /** All fields that are compared, if the org has them. */
  static final List<FieldName> FIELDS = allFields();

  private static final MatchKeys NOBODY = new MatchKeys(Set.of(), Set.of(), "", 0, 0);

  /** The digits of a number without its country code. */
  private static final int PHONE_DIGITS = 10;

  private static List<FieldName> allFields() {
    List<FieldName> fields = new ArrayList<>(List.of(FIRST_NAME, LAST_NAME, EMAIL, BIRTHDATE));
    fields.addAll(PHONES);
    return List.copyOf(fields);
  }

  static MatchKeys of(FieldValues values) {
    FieldValue first = values.get(FIRST_NAME);
    FieldValue last = values.get(LAST_NAME);
    if (first.isBlank() || last.isBlank()) {
      return NOBODY;
    }
    Set<String> addresses = addresses(values);
    String names = Soundex.of(first.text()) + " " + Soundex.of(last.text());
    String written = plain(first.text()) + " " + plain(last.text());
    String email = email(values);
    String birthdate = values.get(BIRTHDATE).text();
    Set<Long> sure = new HashSet<>();
    if (saysMuch(birthdate)
        && plain(first.text()).length() > 1
        && plain(last.text()).length() > 1) {
      String ordered = Stream.of(written.split(" ", -1)).sorted().collect(Collectors.joining(" "));
      for (String address : addresses) {
        sure.add(hash("first " + plain(first.text()) + " " + birthdate + " " + address));
        sure.add(hash("names " + ordered + " " + birthdate + " " + address));
      }
    }
    Set<Long> keys = new HashSet<>(sure);
    addresses.forEach(a -> keys.add(hash(names + " " + a)));
    return new MatchKeys(
        keys,
        sure,
        birthdate,
        hash(plain(first.text())),
        email.isEmpty() ? 0 : hash(written + " " + email));
  }

  /** Where only the year of birth is known, the day is often written as the first of January. */
  private static boolean saysMuch(String birthdate) {
    return !birthdate.isEmpty() && !birthdate.endsWith("-01-01");
  }

  /** A name without regard to case, accents, blanks and punctuation. */
  static String plain(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFD)
        .replaceAll("\\P{L}", "")
        .toLowerCase(Locale.ROOT);
  }

  /** Empty text if there is none. */
  static String email(FieldValues values) {
    String email = values.get(EMAIL).text().strip().toLowerCase(Locale.ROOT);
    return email.contains("@") ? email : "";
  }

  /**
   * Whether a fitting Contact is surely theirs, so that no person need look. Twins share a date of
   * birth, and relatives share a telephone. So the first name must be the same, and also either the
   * date of birth, or the e-mail address and the last name.
   */
  boolean isSurely(String otherBirthdate, long otherFirst, long otherWhole) {
    return first == otherFirst
        && ((!birthdate.isEmpty() && birthdate.equals(otherBirthdate))
            || (whole != 0 && whole == otherWhole));
  }

  /** Addresses in one form each, without blanks and fillers. */
  private static Set<String> addresses(FieldValues values) {
    Set<String> addresses = new TreeSet<>();
    String email = email(values);
    if (!email.isEmpty()) {
      addresses.add(email);
    }
    addresses.addAll(phones(values));
    return addresses;
  }

  /** Numbers in one form each. */
  static Set<String> phones(FieldValues values) {
    Set<String> phones = new TreeSet<>();
    for (FieldName phone : PHONES) {
      String digits = values.get(phone).text().replaceAll("[^0-9]", "");
      if (digits.length() >= PHONE_DIGITS) {
        String last = digits.substring(digits.length() - PHONE_DIGITS);
        if (last.chars().distinct().count() > 1) {
          phones.add(last);
        }
      }
    }
    return phones;
  }

  private static long hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  boolean contradictsBirthdate(String other) {
    return !birthdate.isEmpty() && !other.isEmpty() && !birthdate.equals(other);
  }

  @Override
  public String toString() {
    return "MatchKeys[hidden]";
  }
}
