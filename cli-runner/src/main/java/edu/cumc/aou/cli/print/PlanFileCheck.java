package edu.cumc.aou.cli.print;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.plan.WriteRows;
import edu.cumc.aou.sync.report.SyncReport.PlannedCount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compares the changes in a plan file with its plan in the store. A person approves what the file
 * shows, and the file's own digest does not reveal that lines are missing.
 */
final class PlanFileCheck {

  private final Function<CrmObject, WriteRows> rows;
  private final List<PlannedCount> counts;
  private @Nullable Boolean showsValues;
  private boolean countsSeen;
  private boolean changesSeen;

  private PlanFileCheck(Function<CrmObject, WriteRows> rows, List<PlannedCount> counts) {
    this.rows = rows;
    this.counts = counts;
  }

  /** Whether the file shows exactly these changes. */
  static boolean isSame(Path file, Function<CrmObject, WriteRows> rows, List<PlannedCount> counts)
      throws IOException {
    return new PlanFileCheck(rows, counts).isSame(file);
  }

  private boolean isSame(Path file) throws IOException {
    try (JsonParser json = JsonText.MAPPER.createParser(file.toFile())) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        if (name.equals("counts") && !areSameCounts(json)) {
          return false;
        }
        if (name.equals("changes") && !areSameChanges(json)) {
          return false;
        }
        if (!name.equals("counts") && !name.equals("changes")) {
          json.skipChildren();
        }
      }
    }
    return countsSeen && changesSeen;
  }

  private boolean areSameCounts(JsonParser json) throws IOException {
    boolean first = !countsSeen;
    countsSeen = true;
    TokenBuffer shown = new TokenBuffer(JsonText.MAPPER, false);
    PlanFile.writeCounts(shown, counts);
    return first && isSame(json, shown);
  }

  private boolean areSameChanges(JsonParser json) throws IOException {
    boolean first = !changesSeen;
    changesSeen = true;
    if (!first || !json.isExpectedStartArrayToken()) {
      return false;
    }
    for (CrmObject object : CrmObject.values()) {
      Iterator<Change> planned = rows.apply(object);
      while (planned.hasNext()) {
        if (json.nextToken() == JsonToken.END_ARRAY || !isSame(json, planned.next())) {
          return false;
        }
      }
    }
    return json.nextToken() == JsonToken.END_ARRAY;
  }

  private boolean isSame(JsonParser json, Change change) throws IOException {
    JsonNode said = json.readValueAsTree();
    if (showsValues == null) {
      showsValues = said.has("pmiId");
    }
    TokenBuffer shown = new TokenBuffer(JsonText.MAPPER, false);
    PlanFile.writeChange(shown, change, showsValues);
    return said.equals(tree(shown));
  }

  private static boolean isSame(JsonParser json, TokenBuffer shown) throws IOException {
    JsonNode said = json.readValueAsTree();
    return said.equals(tree(shown));
  }

  /** Converted through text, as the file was, so that numbers have the same types. */
  private static JsonNode tree(TokenBuffer shown) throws IOException {
    JsonNode tree = JsonText.MAPPER.readTree(shown.asParser());
    return JsonText.MAPPER.readTree(JsonText.MAPPER.writeValueAsBytes(tree));
  }
}
