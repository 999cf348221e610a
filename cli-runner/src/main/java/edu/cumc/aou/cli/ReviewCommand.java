package edu.cumc.aou.cli;

import edu.cumc.aou.cli.print.JsonText;
import edu.cumc.aou.cli.print.OutFile;
import edu.cumc.aou.cli.print.ReviewCsv;
import edu.cumc.aou.cli.print.ReviewCsv.Decided;
import edu.cumc.aou.cli.print.Words;
import edu.cumc.aou.runtime.RunSettings;
import edu.cumc.aou.runtime.SyncRuntime;
import edu.cumc.aou.sync.desk.AdoptionDesk;
import edu.cumc.aou.sync.explain.Reviewer;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.PmiId;
import edu.cumc.aou.sync.model.SyncException;
import edu.cumc.aou.sync.port.SyncListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "review",
    description = {
      "Writes doubtful adoptions to a file, with what matches and what differs, and takes the answers.",
      "Write yes or no into the column decision; lines without are left as they are.",
      "--apply writes to the store only: the next sync follows, and aou-sync undo takes that back."
    })
final class ReviewCommand extends ProgramCommand {

  @ArgGroup(exclusive = true, multiplicity = "1")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Direction direction;

  /** Whether to write the file or to read it. */
  static final class Direction {
    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "Write what is doubtful to this file, for a spreadsheet. Personal data.")
    private @Nullable Path out;

    @Option(
        names = "--apply",
        paramLabel = "FILE",
        description = "Note the decisions of this file.")
    private @Nullable Path apply;
  }

  @Option(
      names = "--show-values",
      description = "Write names, addresses and dates of birth of both sides too. Personal data.")
  private boolean showValues;

  @Override
  public Integer call() {
    @Nullable OutFile out = direction.out == null ? null : outFile("--out", direction.out);
    RunSettings settings = program().configuration().forRun();
    try (SyncRuntime runtime =
        SyncRuntime.open(settings, program().world().outside(), SyncListener.NONE)) {
      if (out != null) {
        return write(runtime, settings, out);
      }
      Path file =
          program()
              .world()
              .directory()
              .resolve(direction.apply == null ? Path.of("") : direction.apply);
      return apply(runtime, settings, ReviewCsv.read(file));
    }
  }

  private int write(SyncRuntime runtime, RunSettings settings, OutFile file) {
    long[] pairs = new long[1];
    file.write(
        writer -> {
          ReviewCsv csv = new ReviewCsv(writer, showValues);
          new Reviewer(runtime.services(), settings.sync())
              .forEach(
                  pair -> {
                    pairs[0]++;
                    csv.pair(pair);
                  });
        },
        "");
    program()
        .print(
            JsonText.object().put("exitCode", 0).put("pairs", pairs[0]),
            pairs[0] == 0
                ? List.of("No adoption is doubtful: there is nothing to decide.")
                : List.of(
                    Words.count(pairs[0], "pair")
                        + " to decide about: write yes or no into the column decision of "
                        + file
                        + ", then run aou-sync review --apply.",
                    "The file holds personal data: delete it when it is no longer needed."));
    return 0;
  }

  private int apply(SyncRuntime runtime, RunSettings settings, List<Decided> decided) {
    ReviewAnswers answers = new ReviewAnswers(decided);
    if (!decided.isEmpty()) {
      new Reviewer(runtime.services(), settings.sync()).forEach(answers::open);
    }
    int adopted = 0;
    int nobodys = 0;
    List<String> lines = new ArrayList<>();
    for (Map.Entry<PmiId, Long> person : answers.people().entrySet()) {
      PmiId pmiId = person.getKey();
      try {
        @Nullable Decided theirs = answers.of(pmiId);
        if (theirs != null) {
          AdoptionDesk.adopt(
              runtime.services(),
              settings.sync(),
              pmiId,
              theirs.contact(),
              program().world().person().atHost(),
              Reason.of("the column why", theirs.why()));
          adopted++;
        } else {
          int answered =
              AdoptionDesk.answerNobody(
                  runtime.services().store(),
                  Set.of(pmiId),
                  program().world().clock(),
                  program().world().person().atHost());
          nobodys += answered;
          if (answered == 0) {
            lines.add(
                "Line " + person.getValue() + ": it is not doubtful any more; nothing was noted.");
          }
        }
      } catch (SyncException e) {
        if (e.kind() != FailureKind.CONFIG) {
          throw e;
        }
        lines.add("Line " + person.getValue() + ": " + e.getMessage());
      }
    }
    int left = lines.size();
    lines.add(
        0,
        "Noted: "
            + Words.count(adopted, "Contact")
            + " to adopt, "
            + Words.count(nobodys, "participant")
            + " to get a new Contact. The next sync follows.");
    program()
        .print(
            JsonText.object()
                .put("exitCode", left == 0 ? 0 : 5)
                .put("adopted", adopted)
                .put("notAdopted", nobodys)
                .put("notNoted", left),
            lines);
    return left == 0 ? 0 : 5;
  }
}
