package edu.cumc.aou.sync.mapping;

import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The mapping of both sObjects, known to fit the source and the org. Immutable.
 *
 * @param pmiField the field that holds the PMI ID
 */
public record BoundMapping(FieldInfo pmiField, List<BoundField> contact, List<BoundField> journey) {

  public BoundMapping {
    contact = List.copyOf(contact);
    journey = List.copyOf(journey);
  }

  /** The fields of Contacts to mirror. */
  public List<FieldName> contactFields() {
    return contact.stream().map(BoundField::name).toList();
  }

  /** The fields of journeys to mirror. */
  public List<FieldName> journeyFields() {
    return journey.stream().map(BoundField::name).toList();
  }

  /**
   * SHA-256 over everything that decides what is compared with what. When it differs, the mirror
   * must be read anew.
   */
  public String fingerprint() {
    String text =
        Stream.of(
                Stream.of(pmiField.name().value()),
                contact.stream().map(BoundField::signature),
                Stream.of("/"),
                journey.stream().map(BoundField::signature))
            .flatMap(s -> s)
            .collect(Collectors.joining("\n"));
    return sha256(text);
  }

  /**
   * Everything that decides what happens to a row's values, field by field; for telling rules
   * apart.
   */
  public List<String> rules() {
    return Stream.of(
            Stream.of(pmiField.name().value()),
            contact.stream().map(BoundField::rules),
            Stream.of("/"),
            journey.stream().map(BoundField::rules))
        .flatMap(s -> s)
        .toList();
  }

  static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
