package edu.cumc.aou.salesforce;

import edu.cumc.aou.salesforce.bulk.BulkOperation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A way of a load, and the request on it that meets the fault. */
enum PageWay {
  CREATE_CALL("create, by a call", BulkOperation.INSERT, "POST", "/composite/sobjects"),
  UPSERT_CALL(
      "upsert, by a call", BulkOperation.UPSERT, "PATCH", "/composite/sobjects/Contact/" + key()),
  UPDATE_CALL("update, by a call", BulkOperation.UPDATE, "PATCH", "/composite/sobjects"),
  CREATE_JOB_MADE("create, job made", BulkOperation.INSERT, "POST", "/jobs/ingest"),
  CREATE_JOB_FILLED("create, job filled", BulkOperation.INSERT, "PUT", "/jobs/ingest/\\w+/batches"),
  CREATE_JOB_BEGUN("create, job begun", BulkOperation.INSERT, "PATCH", "/jobs/ingest/\\w+"),
  CREATE_JOB_LOOK("create, look at the job", BulkOperation.INSERT, "GET", "/jobs/ingest/\\w+"),
  CREATE_JOB_ANSWERS(
      "create, answers of the job",
      BulkOperation.INSERT,
      "GET",
      "/jobs/ingest/\\w+/successfulResults"),
  UPSERT_JOB_MADE("upsert, job made", BulkOperation.UPSERT, "POST", "/jobs/ingest"),
  UPSERT_JOB_FILLED("upsert, job filled", BulkOperation.UPSERT, "PUT", "/jobs/ingest/\\w+/batches"),
  UPSERT_JOB_BEGUN("upsert, job begun", BulkOperation.UPSERT, "PATCH", "/jobs/ingest/\\w+"),
  UPSERT_JOB_LOOK("upsert, look at the job", BulkOperation.UPSERT, "GET", "/jobs/ingest/\\w+"),
  UPSERT_JOB_ANSWERS(
      "upsert, answers of the job",
      BulkOperation.UPSERT,
      "GET",
      "/jobs/ingest/\\w+/successfulResults");

  private final String title;
  private final BulkOperation operation;
  private final String method;
  private final String path;

  PageWay(String title, BulkOperation operation, String method, String path) {
    this.title = title;
    this.operation = operation;
    this.method = method;
    this.path = ".*/v62\\.0" + path;
  }

  private static String key() {
    return PageScene.KEY;
  }

  String title() {
    return title;
  }

  BulkOperation operation() {
    return operation;
  }

  String method() {
    return method;
  }

  /** The whole path of the request, as an expression. */
  String path() {
    return path;
  }

  boolean isByJob() {
    return name().contains("_JOB_");
  }

  /** The field by which Salesforce finds the records of an upsert. */
  @Nullable String externalId() {
    return operation == BulkOperation.UPSERT ? PageScene.KEY : null;
  }

  /** The kinds of org in which it is of use: whether the key is unique there. */
  List<Boolean> orgs() {
    return switch (operation) {
      case UPSERT -> List.of(true);
      case INSERT -> isByJob() ? List.of(false) : List.of(true, false);
      default -> List.of(false);
    };
  }
}
