package edu.cumc.aou.sync.plan;

import static edu.cumc.aou.sync.testing.TestParticipants.pmiId;
import static edu.cumc.aou.sync.testing.TestParticipants.values;
import static org.assertj.core.api.Assertions.assertThat;

import edu.cumc.aou.sync.mapping.ValueHash;
import edu.cumc.aou.sync.model.Change;
import edu.cumc.aou.sync.model.Change.Action;
import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.FieldValue;
import edu.cumc.aou.sync.model.SentValues;
import edu.cumc.aou.sync.model.SentValues.Mark;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SentMarksTest {

  @Test
  void of_rememberWhatWasSent_andWhatItReplaced() {
    Change sent =
        Change.builder(1, CrmObject.CONTACT, pmiId(1), Action.UPDATE)
            .newValues(values("Email", "new@example.org", "Phone", "1"))
            .oldValues(values("Email", "old@example.org"))
            .build();

    assertThat(SentMarks.of(sent))
        .isEqualTo(
            SentValues.of(
                Map.of(
                    new FieldName("Email"),
                    Mark.justSent(hash("new@example.org"), hash("old@example.org")),
                    new FieldName("Phone"),
                    Mark.justSent(hash("1"), ""))));
  }

  private static String hash(String text) {
    return ValueHash.of(new FieldValue(text));
  }
}
