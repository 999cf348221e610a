package edu.cumc.aou.simulator.source;

import edu.cumc.aou.simulator.source.Draw.Topic;
import java.util.List;
import java.util.Optional;

/** What the site's own REDCap project knows about people; about half of HealthPro's are in it. */
final class RedcapRow {
  private static final double SHARE = 0.55;
  private static final List<String> HEARD = List.of("1", "2", "3", "4", "1,3", "");
  private static final List<String> CLINICS =
      List.of("Family Medicine", "Cardiology", "Women's Health", "Dermatology");

  private RedcapRow() {}

  /** Empty for people who are not in REDCap; only the first organisation keeps a project. */
  static Optional<RowDraft> of(Person person, Organisation organisation) {
    boolean known =
        organisation == Organisation.COLUMBIA_COLUMBIA && person.chance(SHARE, Topic.REDCAP, 0);
    return known
        ? Optional.of(fill(person, "3-" + (person.index() + 1)).set("pmi_id", person.pmiId()))
        : Optional.empty();
  }

  /** A person who was approached but is not, or no longer, in HealthPro. */
  static RowDraft withoutHealthPro(Person stranger, int number) {
    RowDraft row = fill(stranger, "4-" + (number + 1));
    return number % 2 == 0 ? row : row.set("pmi_id", stranger.pmiId());
  }

  private static RowDraft fill(Person person, String recordId) {
    String heard = HEARD.get(person.below(HEARD.size(), Topic.REDCAP, 1));
    boolean clinic = heard.equals("3");
    boolean helped = person.chance(0.15, Topic.REDCAP, 2);
    int enroller = person.below(12, Topic.REDCAP, 3);
    return new RowDraft(SourceTable.REDCAP)
        .set("record_id", recordId)
        .set("org", "Columbia")
        .set("aou_enroller", "zz" + (1000 + enroller))
        .set("spec_provider", clinic ? "Dr. Example " + enroller : null)
        .set("learn_aou", heard.isEmpty() ? null : heard)
        .set("learn_aou_other", heard.equals("4") ? "A neighbor; then a flyer" : null)
        .set("tech_asst", helped ? "1" : "0")
        .set("tech_asst_other", helped ? "Help with the e-mail address" : "")
        .set(
            "clinical_outreach_name",
            clinic ? CLINICS.get(person.below(CLINICS.size(), Topic.REDCAP, 4)) : null);
  }
}
