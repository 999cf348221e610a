package edu.cumc.aou.simulator.source;

import java.util.List;
import java.util.Optional;

/**
 * People with a script, the first in every source: they make sure that even a small one shows each
 * kind of change within the first days. Nothing else ever happens to them.
 */
enum Role {
  WITHDRAWS {
    @Override
    Happening play(Life life, int day) {
      return day == 2 ? life.withdraw(day) : Happening.NONE;
    }
  },
  MOVES_TO_WEILL_AND_BACK {
    @Override
    Happening play(Life life, int day) {
      return switch (day) {
        case 3 -> life.pairWith(Organisation.COLUMBIA_WEILL);
        case 5 -> life.pairWith(Organisation.COLUMBIA_COLUMBIA);
        default -> Happening.NONE;
      };
    }
  },
  CHANGES_EMAIL {
    @Override
    Happening play(Life life, int day) {
      return day == 2 ? life.changeEmail() : Happening.NONE;
    }
  },
  MARRIES {
    @Override
    Happening play(Life life, int day) {
      return day == 3 ? life.changeSurname() : Happening.NONE;
    }
  },
  SAYS_YES_TO_EHR_LATE {
    @Override
    Happening play(Life life, int day) {
      return switch (day) {
        case 2 -> life.answerEhr("0", day);
        case 4 -> life.answerEhr("1", day);
        default -> Happening.NONE;
      };
    }
  },
  DEACTIVATES_AND_RETURNS {
    @Override
    Happening play(Life life, int day) {
      return switch (day) {
        case 3 -> life.deactivate(day);
        case 6 -> life.reactivate();
        default -> Happening.NONE;
      };
    }
  },
  DIES {
    @Override
    Happening play(Life life, int day) {
      return switch (day) {
        case 3 -> life.reportDeath(day);
        case 5 -> life.approveDeath(day);
        default -> Happening.NONE;
      };
    }
  },
  REPORTED_DEAD_BY_MISTAKE {
    @Override
    Happening play(Life life, int day) {
      return switch (day) {
        case 4 -> life.reportDeath(day);
        case 7 -> life.denyDeath();
        default -> Happening.NONE;
      };
    }
  },
  SWAPS_EMAIL_WITH_NEXT {
    @Override
    Happening play(Life life, int day) {
      return day == 4 ? life.takeEmailOf(life.person().neighbour(1)) : Happening.NONE;
    }
  },
  SWAPS_EMAIL_WITH_PREVIOUS {
    @Override
    Happening play(Life life, int day) {
      return day == 4 ? life.takeEmailOf(life.person().neighbour(-1)) : Happening.NONE;
    }
  },
  TEST_ACCOUNT {
    @Override
    Happening play(Life life, int day) {
      return Happening.NONE;
    }
  },
  BLANK_EMAIL {
    @Override
    Happening play(Life life, int day) {
      return Happening.NONE;
    }
  };

  private static final List<Role> CAST = List.of(values());

  abstract Happening play(Life life, int day);

  static Optional<Role> of(int index, int participants) {
    return index < Math.min(CAST.size(), participants)
        ? Optional.of(CAST.get(index))
        : Optional.empty();
  }
}
