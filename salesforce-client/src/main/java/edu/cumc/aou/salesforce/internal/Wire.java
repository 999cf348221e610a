package edu.cumc.aou.salesforce.internal;

import com.fasterxml.jackson.databind.JsonNode;
import edu.cumc.aou.salesforce.FieldDescription.PicklistValue;
import edu.cumc.aou.salesforce.ObjectSummary;
import edu.cumc.aou.salesforce.RecordTypeDescription;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answers as they come, with everything that may be missing allowed to be missing; whoever
 * reads one decides what must be there. They hold values and ids, so {@code toString} stays unused.
 */
final class Wire {

  private Wire() {}

  record Version(@Nullable String label, @Nullable String version) {}

  record Page(
      @Nullable Long totalSize,
      boolean done,
      @Nullable String nextRecordsUrl,
      @Nullable List<@Nullable Map<String, @Nullable Object>> records) {}

  record SaveRow(
      @Nullable String id, @Nullable Boolean success, @Nullable JsonNode errors, boolean created) {}

  record UpsertAnswer(@Nullable String id, @Nullable Boolean success, @Nullable Boolean created) {}

  record UpdatedAnswer(@Nullable List<String> ids, @Nullable String latestDateCovered) {}

  record DeletedRow(@Nullable String id, @Nullable String deletedDate) {}

  record DeletedAnswer(
      @Nullable List<DeletedRow> deletedRecords,
      @Nullable String earliestDateAvailable,
      @Nullable String latestDateCovered) {}

  record Description(
      @Nullable String name,
      @Nullable String label,
      @Nullable String keyPrefix,
      boolean createable,
      boolean updateable,
      boolean deletable,
      boolean queryable,
      @Nullable List<DescribedField> fields,
      @Nullable List<DescribedRecordType> recordTypeInfos) {}

  record Objects(@Nullable List<ListedObject> sobjects) {}

  record ListedObject(
      @Nullable String name,
      @Nullable String label,
      @Nullable String keyPrefix,
      boolean custom,
      boolean queryable,
      boolean createable,
      boolean updateable,
      boolean deletable) {
    ObjectSummary read() {
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

  record DescribedRecordType(
      @Nullable String recordTypeId, @Nullable String name, boolean active, boolean available) {
    RecordTypeDescription read() {
      return new RecordTypeDescription(
          recordTypeId == null ? "" : recordTypeId, name == null ? "" : name, active, available);
    }
  }

  record DescribedField(
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

  record DescribedValue(@Nullable String value, @Nullable String label, boolean active) {
    PicklistValue read() {
      String text = value == null ? "" : value;
      return new PicklistValue(text, label == null ? text : label, active);
    }
  }

  /** A Bulk job, of either kind; the short answers have but a part of it. */
  record Job(
      @Nullable String id,
      @Nullable String object,
      @Nullable String operation,
      @Nullable String state,
      @Nullable String errorMessage,
      long numberRecordsProcessed,
      long numberRecordsFailed,
      int retries,
      long totalProcessingTime) {}

  record Token(@Nullable String access_token, @Nullable String instance_url, @Nullable String id) {}

  /** A Collections request with records. */
  record WriteRequest(boolean allOrNone, List<Map<String, @Nullable Object>> records) {}

  record CompositeBody(
      boolean allOrNone, boolean collateSubrequests, List<Map<String, Object>> compositeRequest) {}

  record CompositePart(@Nullable JsonNode body, int httpStatusCode, @Nullable String referenceId) {}

  record CompositeAnswer(@Nullable List<CompositePart> compositeResponse) {}

  record RetrieveRequest(List<String> ids, List<String> fields) {}
}
