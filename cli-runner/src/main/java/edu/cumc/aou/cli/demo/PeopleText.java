package edu.cumc.aou.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.cumc.aou.cli.print.JsonText;
import edu.cumc.aou.simulator.source.SourceSummary;
import java.util.List;
import java.util.Locale;

/** What invented people did on a day, in numbers. */
public final class PeopleText {

  private PeopleText() {}

  /** Two lines for people to read. */
  public static List<String> lines(SourceSummary summary, int day) {
    return List.of(
        String.format(
            Locale.ROOT,
            "Day %d, %s: the source has %,d journeys and %,d contacts (%,d of them known to REDCap"
                + " only, without a PMI ID; %,d planted).",
            day,
            summary.date(),
            summary.journeyRows(),
            summary.contactRows(),
            summary.redcapOnlyRows(),
            summary.plantedRows()),
        day == 1
            ? "It is their first day."
            : String.format(
                Locale.ROOT,
                "Since the day before: %,d new people, %,d with news of their journey, %,d with"
                    + " another name or address, %,d withdrew, %,d were blanked, %,d paired with"
                    + " another organisation.",
                summary.newPeople(),
                summary.journeyChanged(),
                summary.contactChanged(),
                summary.withdrawn(),
                summary.blanked(),
                summary.repaired()));
  }

  /** The same for programs. */
  public static ObjectNode document(SourceSummary summary, int day) {
    return JsonText.object()
        .put("day", day)
        .put("date", summary.date().toString())
        .put("journeyRows", summary.journeyRows())
        .put("contactRows", summary.contactRows())
        .put("redcapOnlyRows", summary.redcapOnlyRows())
        .put("plantedRows", summary.plantedRows())
        .put("newPeople", summary.newPeople())
        .put("journeyChanged", summary.journeyChanged())
        .put("contactChanged", summary.contactChanged())
        .put("withdrawn", summary.withdrawn())
        .put("blanked", summary.blanked())
        .put("repaired", summary.repaired());
  }
}
