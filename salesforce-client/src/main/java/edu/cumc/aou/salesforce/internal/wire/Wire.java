package edu.cumc.aou.salesforce.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.salesforce.FieldDescription.PicklistValue;
import edu.cumc.aou.salesforce.ObjectSummary;
import edu.cumc.aou.salesforce.RecordTypeDescription;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answers as they come; every part may be missing, and the reader decides what must exist. They
 * hold values and ids, so {@code toString} stays unused.
 */
public final class Wire {

  private Wire() {}

  public record Version(@Nullable String label, @Nullable String version) {}

  public record Page(
      @Nullable Long totalSize,
      boolean done,
      @Nullable String nextRecordsUrl,
      @Nullable List<@Nullable Map<String, @Nullable Object>> records) {}

  public record SaveRow(
      @Nullable String id, @Nullable Boolean success, @Nullable JsonNode errors, boolean created) {}

  public record UpsertAnswer(
      @Nullable String id, @Nullable Boolean success, @Nullable Boolean created) {}

  public record UpdatedAnswer(@Nullable List<String> ids, @Nullable String latestDateCovered) {}

  public record DeletedRow(@Nullable String id, @Nullable String deletedDate) {}

  public record DeletedAnswer(
      @Nullable List<DeletedRow> deletedRecords,
      @Nullable String earliestDateAvailable,
      @Nullable String latestDateCovered) {}

  public record Description(
      @Nullable String name,
      @Nullable String label,
      @Nullable String keyPrefix,
      boolean createable,
      boolean updateable,
      boolean deletable,
      boolean queryable,
      @Nullable List<DescribedField> fields,
      @Nullable List<DescribedRecordType> recordTypeInfos) {}

  public record Objects(@Nullable List<ListedObject> sobjects) {}

  public record ListedObject(
      @Nullable String name,
      @Nullable String label,
      @Nullable String keyPrefix,
      boolean custom,
      boolean queryable,
      boolean createable,
      boolean updateable,
      boolean deletable) {
    public ObjectSummary read() {
      return new ObjectSummary(
          WireValues.required(name, "an object's name"),
          label == null ? "" : label,
          keyPrefix == null ? "" : keyPrefix,
          custom,
          queryable,
          createable,
          updateable,
          deletable);
    }
  }

  public record DescribedRecordType(
      @Nullable String recordTypeId, @Nullable String name, boolean active, boolean available) {
    public RecordTypeDescription read() {
      return new RecordTypeDescription(
          recordTypeId == null ? "" : recordTypeId, name == null ? "" : name, active, available);
    }
  }

  public record DescribedField(
      @Nullable String name,
      @Nullable String label,
      @Nullable String type,
      int length,
      int precision,
      int scale,
      int digits,
      boolean nillable,
      boolean createable,
      boolean updateable,
      boolean defaultedOnCreate,
      boolean calculated,
      boolean externalId,
      boolean idLookup,
      boolean unique,
      boolean caseSensitive,
      boolean filterable,
      boolean restrictedPicklist,
      @Nullable List<DescribedValue> picklistValues,
      @Nullable List<String> referenceTo,
      @Nullable String relationshipName,
      @Nullable String controllerName) {}

  public record DescribedValue(@Nullable String value, @Nullable String label, boolean active) {
    public PicklistValue read() {
      String text = value == null ? "" : value;
      return new PicklistValue(text, label == null ? text : label, active);
    }
  }

  /** A Bulk job of either kind; the short answers have only a part of it. */
  public record Job(
      @Nullable String id,
      @Nullable String object,
      @Nullable String operation,
      @Nullable String state,
      @Nullable String errorMessage,
      long numberRecordsProcessed,
      long numberRecordsFailed,
      int retries,
      long totalProcessingTime) {}

  public record Token(
      @Nullable String access_token, @Nullable String instance_url, @Nullable String id) {}

  /** A Collections request with records. */
  public record WriteRequest(boolean allOrNone, List<Map<String, @Nullable Object>> records) {}

  public record CompositeBody(
      boolean allOrNone, boolean collateSubrequests, List<Map<String, Object>> compositeRequest) {}

  public record CompositePart(
      @Nullable JsonNode body, int httpStatusCode, @Nullable String referenceId) {}

  public record CompositeAnswer(@Nullable List<CompositePart> compositeResponse) {}

  public record RetrieveRequest(List<String> ids, List<String> fields) {}
}
