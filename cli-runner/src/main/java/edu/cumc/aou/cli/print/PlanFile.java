package edu.cumc.aou.cli.print;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.RunId;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.model.SyncRequest.ApprovedPlan;
import edu.cumc.aou.sync.plan.WriteRows;
import edu.cumc.aou.sync.port.FlawTable.Flaw;
import edu.cumc.aou.sync.report.SyncReport.PlannedCount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A plan for approval: a JSON file that tells what it was made for, counts its changes, and
 * identifies them by their digest. Written and read as a stream.
 *
 * <p>For each change it holds the action and the names of the fields. PMI IDs, Salesforce ids and
 * values are in it only if requested. Only its owner can read it, where the file system knows
 * owners.
 */
public final class PlanFile {

  private static final int FORMAT = 1;

  private PlanFile() {}

  /**
   * What a plan file says about its plan.
   *
   * @param version of the program that made it
   * @param digest SHA-256 of the changes, in hexadecimal
   */
  public record Head(
      RunId run,
      String orgId,
      String mappingFingerprint,
      String version,
      Instant createdAt,
      Instant expiresAt,
      List<PlannedCount> counts,
      String digest) {

    public Head {
      counts = List.copyOf(counts);
    }

    /** What a sync must know about it. */
    public ApprovedPlan approval() {
      return new ApprovedPlan(run, digest);
    }

    /** Shows neither the org nor the digest. */
    @Override
    public String toString() {
      return "Head[plan " + run + "]";
    }
  }

  /**
   * What the plan does not send: fields left alone, rows rejected.
   *
   * @param all calls with each
   * @param lastGoodRun a flaw that a later run found first is new
   */
  public record Flaws(Consumer<Consumer<Flaw>> all, long lastGoodRun) {}

  /**
   * Writes a plan; the file appears complete or not at all.
   *
   * @param rows the plan's changes of an object
   * @throws SyncException CONFIG if the file cannot be written
   */
  public static void write(
      OutFile file,
      Head head,
      Function<CrmObject, WriteRows> rows,
      Flaws flaws,
      boolean showValues) {
    file.write(
        writer -> {
          try (JsonGenerator json =
              JsonText.MAPPER.createGenerator(writer).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            writeHead(json, head);
            json.writeArrayFieldStart("changes");
            for (CrmObject object : CrmObject.values()) {
              WriteRows changes = rows.apply(object);
              while (changes.hasNext()) {
                writeChange(json, changes.next(), showValues);
              }
            }
            json.writeEndArray();
            writeFlaws(json, flaws, showValues);
            json.writeEndObject();
          }
        },
        "The plan itself is in the store");
  }

  private static void writeHead(JsonGenerator json, Head head) throws IOException {
    json.writeNumberField("format", FORMAT);
    json.writeNumberField("run", head.run().value());
    json.writeStringField("orgId", head.orgId());
    json.writeStringField("mappingFingerprint", head.mappingFingerprint());
    json.writeStringField("version", head.version());
    json.writeStringField("createdAt", head.createdAt().toString());
    json.writeStringField("expiresAt", head.expiresAt().toString());
    json.writeStringField("digest", head.digest());
    json.writeFieldName("counts");
    writeCounts(json, head.counts());
  }

  static void writeCounts(JsonGenerator json, List<PlannedCount> counts) throws IOException {
    json.writeStartArray();
    for (PlannedCount count : counts) {
      json.writeStartObject();
      json.writeStringField("object", count.object().word());
      json.writeStringField("action", count.action());
      json.writeNumberField("count", count.count());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void writeChange(JsonGenerator json, Change change, boolean showValues)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("object", change.object().word());
    json.writeStringField("action", change.action().name().toLowerCase(Locale.ROOT));
    if (showValues) {
      json.writeStringField("pmiId", change.pmiId().value());
      writeIfThere(
          json, "contactId", change.contactId() == null ? null : change.contactId().value());
      writeIfThere(
          json, "journeyId", change.journeyId() == null ? null : change.journeyId().value());
      json.writeObjectFieldStart("fields");
      for (FieldName field : change.newValues().fields()) {
        json.writeObjectFieldStart(field.value());
        json.writeStringField("from", change.oldValues().get(field).text());
        json.writeStringField("to", change.newValues().get(field).text());
        json.writeEndObject();
      }
      json.writeEndObject();
    } else {
      json.writeArrayFieldStart("fields");
      for (FieldName field : change.newValues().fields()) {
        json.writeString(field.value());
      }
      json.writeEndArray();
    }
    if (!change.refusedFields().isEmpty()) {
      json.writeArrayFieldStart("leftAlone");
      for (String refused : change.refusedFields()) {
        json.writeString(refused);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void writeFlaws(JsonGenerator json, Flaws flaws, boolean showValues)
      throws IOException {
    json.writeArrayFieldStart("flaws");
    try {
      flaws
          .all()
          .accept(
              flaw -> {
                try {
                  writeFlaw(json, flaw, flaws.lastGoodRun(), showValues);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    json.writeEndArray();
  }

  private static void writeFlaw(JsonGenerator json, Flaw flaw, long lastGoodRun, boolean showValues)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("object", flaw.object().word());
    json.writeStringField("field", flaw.field());
    json.writeStringField("code", flaw.code());
    json.writeStringField("state", FlawText.state(flaw, lastGoodRun));
    if (showValues) {
      json.writeStringField("pmiId", flaw.subject());
      json.writeStringField("value", flaw.value());
    }
    json.writeEndObject();
  }

  private static void writeIfThere(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  /**
   * Reads which plan a file names; {@link #requireSame} checks its changes.
   *
   * @param version of this program; a plan of another version is refused
   * @throws SyncException CONFIG if the file is absent, no plan, or of another version
   */
  public static ApprovedPlan read(Path file, String version) {
    if (!Files.isRegularFile(file)) {
      throw refused("there is no file of that name");
    }
    long format = 0;
    long run = 0;
    String madeBy = "";
    String digest = "";
    try (JsonParser json = JsonText.MAPPER.createParser(file.toFile())) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw refused("the file is no plan");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "format" -> format = json.getValueAsLong();
          case "run" -> run = json.getValueAsLong();
          case "version" -> madeBy = json.getValueAsString("");
          case "digest" -> digest = json.getValueAsString("");
          default -> json.skipChildren();
        }
      }
    } catch (IOException e) {
      throw refused("the file is damaged, or no plan");
    }
    if (format != FORMAT || run <= 0 || digest.isEmpty()) {
      throw refused("the file is no plan of this program");
    }
    if (!madeBy.equals(version)) {
      throw refused("the plan was made by another version of this program");
    }
    return new ApprovedPlan(new RunId(run), digest);
  }

  /**
   * Refuses a file that differs from its plan in the store.
   *
   * @param rows the plan's changes of an object
   * @param counts how many there are
   * @throws SyncException CONFIG if the file was changed
   */
  public static void requireSame(
      Path file, Function<CrmObject, WriteRows> rows, List<PlannedCount> counts) {
    boolean same;
    try {
      same = PlanFileCheck.isSame(file, rows, counts);
    } catch (IOException e) {
      throw refused("the file is damaged, or no plan");
    }
    if (!same) {
      throw refused("the file shows other changes than its plan in the store: somebody changed it");
    }
  }

  /** The refusal of a plan file, with what to do. */
  public static SyncException refused(String what) {
    return new SyncException(
        FailureKind.CONFIG,
        "the plan file: "
            + what
            + ". Nothing was changed; make a new plan with aou-sync plan --out FILE.");
  }
}
