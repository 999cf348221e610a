package edu.cumc.aou.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.print.JsonText;
import edu.cumc.aou.cli.print.OutFile;
import edu.cumc.aou.cli.print.TextTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "schema",
    description = {
      "Writes what the configured org says of its objects into a file for aou-sync simulator --schema.",
      "Asks for describe only: the file holds names, types, picklists and keys, and no record."
    })
final class SchemaCommand extends ProgramCommand {

  @Parameters(paramLabel = "export", description = "What to do with it; export is all there is.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String what;

  @Option(
      names = "--object",
      paramLabel = "NAME",
      description =
          "One more object, beside Account and those of Contacts and journeys; may be given several"
              + " times.")
  private List<String> more = new ArrayList<>();

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file to write.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path out;

  @Override
  public Integer call() {
    if (!what.equals("export")) {
      throw misused("schema is followed by export, which is all there is");
    }
    OutFile file = outFile("--out", out);
    ObjectNode schema =
        program().configuration().schemaExport().run(program().world().outside(), more);
    file.write(writer -> writer.write(JsonText.text(schema) + "\n"), "");
    ObjectNode document = JsonText.object().put("file", file.toString());
    ArrayNode objects = document.putArray("objects");
    TextTable table = new TextTable();
    schema
        .path("objects")
        .forEach(
            object -> {
              String name = object.path("name").asText();
              int fields = object.path("fields").size();
              objects.addObject().put("object", name).put("fields", fields);
              table.row(fields, "fields of " + name);
            });
    List<String> lines = new ArrayList<>(table.lines("  "));
    lines.add(0, "Written to " + out + ":");
    lines.add("Next: aou-sync simulator --schema " + out);
    program().print(document, lines);
    return 0;
  }
}
