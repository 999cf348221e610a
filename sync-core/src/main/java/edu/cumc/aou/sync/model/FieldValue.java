package edu.cumc.aou.sync.model;

/**
 * A field's value in canonical text, as the normaliser writes it for both sides: {@code true} and
 * {@code false}, {@code 2020-01-31}, a plain decimal number without trailing zeros, or text. The
 * empty text is blank, and stands for NULL, {@code ''} and {@code 1900-01-01} alike.
 *
 * <p>Immutable. {@link #toString()} never shows the text.
 */
public record FieldValue(String text) {

  /** No value. */
  public static final FieldValue BLANK = new FieldValue("");

  public boolean isBlank() {
    return text.isEmpty();
  }

  @Override
  public String toString() {
    return isBlank() ? "FieldValue[blank]" : "FieldValue[hidden]";
  }
}
