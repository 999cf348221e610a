package edu.cumc.aou.salesforce;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Up to 25 writes that go in one call and can refer to one another: a new Contact's id can be used
 * by the next of them before anybody knows it. Immutable: each method gives another request.
 *
 * <pre>{@code
 * CompositeRequest.allOrNone()
 *     .create("person", "Contact", Map.of("LastName", "Muster"))
 *     .create("journey", "Opportunity", Map.of("Contact__c", CompositeRequest.idOf("person"), ...))
 * }</pre>
 */
public final class CompositeRequest {

  /** The most calls in a request. */
  public static final int MAX_CALLS = 25;

  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_]{0,79}");

  private final boolean allOrNone;
  private final List<Call> calls;

  /** The action of a call. */
  public enum Verb {
    CREATE,
    UPDATE,
    UPSERT,
    DELETE
  }

  /**
   * One call of the request.
   *
   * @param reference its name in the request
   * @param id the record to update or delete, perhaps {@link #idOf}; for an upsert the external
   *     id's value; for a create empty text
   * @param externalIdField for an upsert; otherwise empty text
   */
  public record Call(
      String reference,
      Verb verb,
      String object,
      String externalIdField,
      String id,
      Map<String, @Nullable Object> fields) {
    public Call {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Names only. */
    @Override
    public String toString() {
      return verb + " " + object + fields.keySet();
    }
  }

  private CompositeRequest(boolean allOrNone, List<Call> calls) {
    this.allOrNone = allOrNone;
    this.calls = List.copyOf(calls);
  }

  /** An empty request; its calls succeed all together, or leave nothing behind. */
  public static CompositeRequest allOrNone() {
    return new CompositeRequest(true, List.of());
  }

  /** An empty request; each of its calls succeeds or fails by itself. */
  public static CompositeRequest eachForItself() {
    return new CompositeRequest(false, List.of());
  }

  /** Stands for the id of the record that another call of the same request creates. */
  public static String idOf(String reference) {
    return "@{" + checked(reference) + ".id}";
  }

  public boolean isAllOrNone() {
    return allOrNone;
  }

  public List<Call> calls() {
    return calls;
  }

  public CompositeRequest create(
      String reference, String object, Map<String, @Nullable Object> fields) {
    return with(new Call(reference, Verb.CREATE, object, "", "", fields));
  }

  /** Adds an update; the id may be {@link #idOf} an earlier call. */
  public CompositeRequest update(String reference, String object, RecordUpdate update) {
    return with(new Call(reference, Verb.UPDATE, object, "", update.id(), update.fields()));
  }

  /** Adds an upsert by external id; the fields are without it and without {@code Id}. */
  public CompositeRequest upsert(
      String reference,
      String object,
      String externalIdField,
      String value,
      Map<String, @Nullable Object> fields) {
    return with(new Call(reference, Verb.UPSERT, object, externalIdField, value, fields));
  }

  public CompositeRequest delete(String reference, String object, String id) {
    return with(new Call(reference, Verb.DELETE, object, "", id, Map.of()));
  }

  private CompositeRequest with(Call call) {
    checked(call.reference);
    Soql.name(call.object);
    if (calls.size() == MAX_CALLS) {
      throw new IllegalArgumentException("a composite request takes at most 25 calls");
    }
    if (calls.stream().anyMatch(c -> c.reference.equals(call.reference))) {
      throw new IllegalArgumentException("two calls have the same reference");
    }
    List<Call> more = new ArrayList<>(calls);
    more.add(call);
    return new CompositeRequest(allOrNone, more);
  }

  private static String checked(String reference) {
    if (!REFERENCE.matcher(reference).matches()) {
      throw new IllegalArgumentException("a reference has letters, digits and underscores only");
    }
    return reference;
  }

  /** The kinds of calls only. */
  @Override
  public String toString() {
    return "CompositeRequest" + calls;
  }
}
