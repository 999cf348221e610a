package edu.cumc.aou.salesforce;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Salesforce's answer to a {@link RawRequest}: the status is between 200 and 299, or 304. The whole
 * body is in memory. Immutable.
 */
public interface RawAnswer {

  int status();

  /** The first header of that name, in any case. */
  Optional<String> header(String name);

  /** The body as UTF-8; empty text if there is none. */
  String text();

  /** A copy of the body; empty if there is none. */
  byte[] bytes();

  /**
   * The body as maps, lists, texts, numbers, booleans and null; null if there is none.
   *
   * @throws SalesforceException PROTOCOL if it is not JSON
   */
  @Nullable Object json();

  /**
   * The body as an object of a class that Jackson can fill, such as a record; ignores unknown
   * properties.
   *
   * @throws SalesforceException PROTOCOL if it is not JSON or of another shape
   */
  <T> T as(Class<T> type);
}
