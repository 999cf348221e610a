package edu.cumc.aou.salesforce;

import static edu.cumc.aou.salesforce.MatrixScene.COUNT;
import static edu.cumc.aou.salesforce.MatrixScene.KEY;
import static edu.cumc.aou.salesforce.MatrixScene.fresh;
import static edu.cumc.aou.salesforce.MatrixScene.oldKey;
import static edu.cumc.aou.salesforce.MatrixScene.read;
import static edu.cumc.aou.salesforce.MatrixScene.saved;
import static edu.cumc.aou.salesforce.MatrixScene.upserts;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.salesforce.bulk.BulkRows;
import edu.cumc.aou.salesforce.bulk.BulkState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a client does, which request of it meets the fault, and what must be true at the end. */
enum MatrixOperation {
  QUERY("GET", "/query", s -> read(s.salesforce.query(oldOnes()), COUNT)),
  QUERY_NEXT_PAGE("GET", "/query/[^/]+", s -> read(s.salesforce.query(oldOnes()), COUNT)),
  QUERY_ALL("GET", "/queryAll", s -> read(s.salesforce.queryAll(oldOnes()), COUNT)),
  COUNT_RECORDS(
      "GET",
      "/query",
      s -> assertThat(s.salesforce.count("SELECT COUNT() FROM Contact")).isEqualTo(COUNT)),
  GET(
      "GET",
      "/sobjects/Contact/003\\w+",
      s ->
          assertThat(
                  s.salesforce.get("Contact", s.ids.get(0), List.of(KEY)).orElseThrow().text(KEY))
              .contains(oldKey(0))),
  RETRIEVE(
      "POST",
      "/composite/sobjects/Contact",
      s ->
          assertThat(s.salesforce.retrieve("Contact", s.ids, List.of(KEY)))
              .hasSize(COUNT)
              .allMatch(r -> r.isPresent())),
  DESCRIBE(
      "GET",
      "/sobjects/Contact/describe",
      s -> assertThat(s.salesforce.describe("Contact").field(KEY)).isPresent()),
  LIMITS("GET", "/limits", s -> assertThat(s.salesforce.limits()).containsKey("DailyApiRequests")),
  UPDATED(
      "GET",
      "/sobjects/Contact/updated/?",
      s ->
          assertThat(
                  s.salesforce
                      .updated(
                          "Contact",
                          s.time.instant().minusSeconds(600),
                          s.time.instant().plusSeconds(60))
                      .ids())
              .hasSize(COUNT)),

  CREATE(
      "POST",
      "/sobjects/Contact",
      true,
      s -> s.salesforce.create("Contact", fresh().get(0)),
      s ->
          s.missing().stream()
              .filter(c -> c.get(KEY).equals(MatrixScene.newKey(0)))
              .forEach(c -> s.salesforce.create("Contact", c)),
      s -> s.newOnesAreThere(1)),
  UPDATE(
      "PATCH",
      "/sobjects/Contact/003\\w+",
      s -> s.salesforce.update("Contact", s.updates().get(0)),
      s -> s.oldOnesHaveATitle(1)),
  UPSERT(
      "PATCH",
      "/sobjects/Contact/" + KEY + "/.+",
      s -> s.salesforce.upsert("Contact", KEY, oldKey(0), Map.of("Title", "Dr")),
      s -> s.oldOnesHaveATitle(1)),
  DELETE(
      "DELETE",
      "/sobjects/Contact/003\\w+",
      s -> s.salesforce.delete("Contact", s.ids.get(0)),
      s -> s.oldOnesLeft(COUNT - 1)),
  CREATE_ALL(
      "POST",
      "/composite/sobjects",
      true,
      s -> saved(s.salesforce.createAll("Contact", fresh()), COUNT),
      s -> s.salesforce.createAll("Contact", s.missing()),
      s -> s.newOnesAreThere(COUNT)),
  UPDATE_ALL(
      "PATCH",
      "/composite/sobjects",
      s -> saved(s.salesforce.updateAll("Contact", s.updates()), COUNT),
      s -> s.oldOnesHaveATitle(COUNT)),
  UPSERT_ALL(
      "PATCH",
      "/composite/sobjects/Contact/" + KEY,
      s -> saved(s.salesforce.upsertAll("Contact", KEY, upserts()), COUNT),
      s -> s.oldOnesHaveATitle(COUNT)),
  DELETE_ALL(
      "DELETE",
      "/composite/sobjects",
      s -> saved(s.salesforce.deleteAll(s.ids.subList(0, 4)), 4),
      s -> s.oldOnesLeft(COUNT - 4)),
  COMPOSITE(
      "POST",
      "/composite",
      s ->
          s.salesforce.composite(
              CompositeRequest.allOrNone()
                  .update("a", "Contact", s.updates().get(0))
                  .delete("b", "Contact", s.ids.get(1))),
      s -> {
        s.oldOnesLeft(COUNT - 1);
        assertThat(s.org.records("Contact").filter(c -> "Dr".equals(c.get("Title")))).hasSize(1);
      }),
  COMPOSITE_WITH_CREATE(
      "POST",
      "/composite",
      true,
      s -> s.salesforce.composite(pair(fresh())),
      s -> {
        List<Map<String, Object>> missing =
            s.missing().stream()
                .filter(c -> fresh().subList(0, 2).stream().anyMatch(f -> same(c, f)))
                .toList();
        if (!missing.isEmpty()) {
          s.salesforce.composite(pair(missing));
        }
      },
      s -> s.newOnesAreThere(2)),

  BULK_CREATE("POST", "/jobs/ingest", MatrixOperation::ingest, s -> s.newOnesAreThere(COUNT)),
  BULK_UPLOAD(
      "PUT",
      "/jobs/ingest/\\w+/batches",
      true,
      MatrixOperation::ingest,
      MatrixOperation::ingest,
      s -> s.newOnesAreThere(COUNT)),
  BULK_COMPLETE(
      "PATCH", "/jobs/ingest/\\w+", MatrixOperation::complete, s -> s.newOnesAreThere(COUNT)),
  BULK_POLL("GET", "/jobs/ingest/\\w+", MatrixOperation::complete, s -> s.newOnesAreThere(COUNT)),
  BULK_SUCCESSFUL(
      "GET",
      "/jobs/ingest/\\w+/successfulResults",
      s -> assertThat(rows(s.bulk().successful(s.job))).isEqualTo(COUNT),
      s -> s.newOnesAreThere(COUNT)),
  BULK_FAILED(
      "GET",
      "/jobs/ingest/\\w+/failedResults",
      s -> assertThat(rows(s.bulk().failed(s.job))).isEqualTo(1),
      s -> s.newOnesAreThere(COUNT)),
  BULK_UNPROCESSED(
      "GET",
      "/jobs/ingest/\\w+/unprocessedrecords",
      s -> assertThat(rows(s.bulk().unprocessed(s.job))).isZero(),
      s -> s.newOnesAreThere(COUNT)),
  BULK_ABORT(
      "PATCH",
      "/jobs/ingest/\\w+",
      s -> assertThat(s.bulk().abort(s.job).state()).isEqualTo(BulkState.ABORTED),
      s -> s.newOnesAreThere(0)),
  BULK_DELETE(
      "DELETE", "/jobs/ingest/\\w+", s -> s.bulk().delete(s.job), s -> s.newOnesAreThere(COUNT)),
  BULK_QUERY_CREATE("POST", "/jobs/query", s -> read(s.bulk().query(oldOnes()), COUNT)),
  BULK_QUERY_POLL("GET", "/jobs/query/\\w+", s -> read(s.bulk().query(oldOnes()), COUNT)),
  BULK_QUERY_PAGE("GET", "/jobs/query/\\w+/results", s -> read(s.bulk().query(oldOnes()), COUNT)),
  BULK_QUERY_ALL_PAGE(
      "GET", "/jobs/query/\\w+/results", s -> read(s.bulk().queryAll(oldOnes()), COUNT));

  private final String method;
  private final String path;
  private final boolean once;
  private final Consumer<MatrixScene> call;
  private final Consumer<MatrixScene> again;
  private final Consumer<MatrixScene> check;

  MatrixOperation(String method, String path, Consumer<MatrixScene> call) {
    this(method, path, false, call, call, s -> s.oldOnesLeft(COUNT));
  }

  MatrixOperation(
      String method, String path, Consumer<MatrixScene> call, Consumer<MatrixScene> check) {
    this(method, path, false, call, call, check);
  }

  /**
   * An operation that must not be called twice.
   *
   * @param again what a caller does after a lost answer
   */
  MatrixOperation(
      String method,
      String path,
      boolean once,
      Consumer<MatrixScene> call,
      Consumer<MatrixScene> again,
      Consumer<MatrixScene> check) {
    this.method = method;
    this.path = ".*/v62\\.0" + path;
    this.once = once;
    this.call = call;
    this.again = again;
    this.check = check;
  }

  String method() {
    return method;
  }

  /** The whole path of the request, as an expression. */
  String path() {
    return path;
  }

  /** Whether the client must not send it again when nobody knows what became of it. */
  boolean once() {
    return once;
  }

  void call(MatrixScene scene) {
    call.accept(scene);
  }

  void again(MatrixScene scene) {
    again.accept(scene);
  }

  void check(MatrixScene scene) {
    check.accept(scene);
  }

  /** Whether it needs an org with a unique key. */
  boolean unique() {
    return this == UPSERT || this == UPSERT_ALL;
  }

  /** Brings the scene to where the operation begins, before anything goes wrong. */
  void prepare(MatrixScene scene) {
    scene.salesforce.organization();
    switch (this) {
      case BULK_COMPLETE, BULK_POLL -> scene.job = scene.uploaded();
      case BULK_SUCCESSFUL, BULK_FAILED, BULK_UNPROCESSED, BULK_DELETE ->
          scene.job = scene.finished();
      case BULK_ABORT -> scene.job = scene.uploaded();
      default -> {}
    }
  }

  private static String oldOnes() {
    return "SELECT " + KEY + " FROM Contact WHERE LastName = 'Old'";
  }

  private static boolean same(Map<String, Object> one, Map<String, Object> other) {
    return one.get(KEY).equals(other.get(KEY));
  }

  private static CompositeRequest pair(List<Map<String, Object>> records) {
    CompositeRequest request = CompositeRequest.allOrNone();
    for (int i = 0; i < Math.min(2, records.size()); i++) {
      request = request.create("r" + i, "Contact", records.get(i));
    }
    return request;
  }

  private static void ingest(MatrixScene scene) {
    if (!scene.job.isEmpty()) {
      // after a lost answer the caller knows the job: once aborted, it writes nothing
      scene.bulk().abort(scene.job);
    }
    scene.job = scene.bulk().create(MatrixScene.INSERT).id();
    scene.bulk().upload(scene.job, MatrixScene.INSERT, MatrixScene.rows().iterator());
    complete(scene);
  }

  private static void complete(MatrixScene scene) {
    scene.bulk().complete(scene.job);
    assertThat(scene.bulk().await(scene.job, Duration.ofHours(1)).succeeded()).isEqualTo(COUNT);
  }

  private static int rows(BulkRows rows) {
    int count = 0;
    try (rows) {
      while (rows.hasNext()) {
        rows.next();
        count++;
      }
    }
    return count;
  }
}
