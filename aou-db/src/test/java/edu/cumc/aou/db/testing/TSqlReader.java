package edu.cumc.aou.db.testing;

import edu.cumc.aou.db.testing.TSqlTokens.Kind;
import edu.cumc.aou.db.testing.TSqlTokens.Token;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Goes through tokens, and refuses what does not stand where it has to. */
final class TSqlReader {

  /** Words that are no names unless they are quoted. */
  private static final Set<String> RESERVED =
      Set.of(
          ("ADD ALL ALTER AND ANY AS ASC AUTHORIZATION BACKUP BEGIN BETWEEN BREAK BROWSE BULK BY CASCADE CASE CHECK"
                  + " CHECKPOINT CLOSE CLUSTERED COALESCE COLLATE COLUMN COMMIT COMPUTE CONSTRAINT CONTAINS"
                  + " CONTAINSTABLE CONTINUE CONVERT CREATE CROSS CURRENT CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP"
                  + " CURRENT_USER CURSOR DATABASE DBCC DEALLOCATE DECLARE DEFAULT DELETE DENY DESC DISK DISTINCT"
                  + " DISTRIBUTED DOUBLE DROP DUMP ELSE END ERRLVL ESCAPE EXCEPT EXEC EXECUTE EXISTS EXIT EXTERNAL"
                  + " FETCH FILE FILLFACTOR FOR FOREIGN FREETEXT FREETEXTTABLE FROM FULL FUNCTION GOTO GRANT GROUP"
                  + " HAVING HOLDLOCK IDENTITY IDENTITY_INSERT IDENTITYCOL IF IN INDEX INNER INSERT INTERSECT INTO IS"
                  + " JOIN KEY KILL LEFT LIKE LINENO LOAD MERGE NATIONAL NOCHECK NONCLUSTERED NOT NULL NULLIF OF OFF"
                  + " OFFSETS ON OPEN OPENDATASOURCE OPENQUERY OPENROWSET OPENXML OPTION OR ORDER OUTER OVER PERCENT"
                  + " PIVOT PLAN PRECISION PRIMARY PRINT PROC PROCEDURE PUBLIC RAISERROR READ READTEXT RECONFIGURE"
                  + " REFERENCES REPLICATION RESTORE RESTRICT RETURN REVERT REVOKE RIGHT ROLLBACK ROWCOUNT ROWGUIDCOL"
                  + " RULE SAVE SCHEMA SECURITYAUDIT SELECT SEMANTICKEYPHRASETABLE SESSION_USER SET SETUSER SHUTDOWN"
                  + " SOME STATISTICS SYSTEM_USER TABLE TABLESAMPLE TEXTSIZE THEN TO TOP TRAN TRANSACTION TRIGGER"
                  + " TRUNCATE TRY_CONVERT TSEQUAL UNION UNIQUE UNPIVOT UPDATE UPDATETEXT USE USER VALUES VARYING VIEW"
                  + " WAITFOR WHEN WHERE WHILE WITH WITHIN WRITETEXT")
              .split(" "));

  private final List<Token> tokens;
  private int at;

  TSqlReader(List<Token> tokens) {
    this.tokens = tokens;
  }

  int position() {
    return at;
  }

  void goTo(int position) {
    at = position;
  }

  List<Token> between(int from, int to) {
    return tokens.subList(from, to);
  }

  Token peek() {
    return peek(0);
  }

  Token peek(int ahead) {
    return at + ahead < tokens.size() ? tokens.get(at + ahead) : new Token(Kind.END, "");
  }

  boolean atEnd() {
    return peek().kind() == Kind.END;
  }

  /** Whether these words come next. */
  boolean sees(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (!peek(i).is(words[i])) {
        return false;
      }
    }
    return true;
  }

  boolean seesAny(Set<String> words) {
    return (peek().kind() == Kind.WORD || peek().kind() == Kind.SYMBOL)
        && words.contains(peek().text().toUpperCase(Locale.ROOT));
  }

  Token take() {
    Token token = peek();
    at++;
    return token;
  }

  /** Takes these words if they come next. */
  boolean takes(String... words) {
    if (!sees(words)) {
      return false;
    }
    at += words.length;
    return true;
  }

  void require(String... words) {
    for (String word : words) {
      if (!takes(word)) {
        throw unexpected();
      }
    }
  }

  TSqlRefusal unexpected() {
    Token token = peek();
    boolean keyword =
        token.kind() == Kind.WORD && RESERVED.contains(token.text().toUpperCase(Locale.ROOT));
    return new TSqlRefusal(
        keyword ? TSqlRefusal.KEYWORD : TSqlRefusal.SYNTAX,
        "Incorrect syntax near '" + token.text() + "'.");
  }

  /** Whether a name comes next. */
  boolean seesName() {
    return peek().kind() == Kind.QUOTED
        || (peek().kind() == Kind.WORD
            && !RESERVED.contains(peek().text().toUpperCase(Locale.ROOT)));
  }

  String name() {
    if (!seesName()) {
      throw unexpected();
    }
    return take().text();
  }

  String string() {
    if (peek().kind() != Kind.STRING) {
      throw unexpected();
    }
    return take().text();
  }

  int integer() {
    if (peek().kind() != Kind.NUMBER || !peek().text().matches("[0-9]{1,9}")) {
      throw unexpected();
    }
    return Integer.parseInt(take().text());
  }

  /** A type with its length. */
  TSqlType type() {
    String name = name().toLowerCase(Locale.ROOT);
    if (!TSqlType.isKnown(name)) {
      throw new TSqlRefusal(2715, "Cannot find data type " + name + ".");
    }
    int length = defaultLength(name);
    int scale = defaultScale(name);
    if (takes("(")) {
      if (takes("max")) {
        length = TSqlType.MAX;
      } else if (name.startsWith("datetime") || name.equals("time")) {
        scale = integer();
      } else {
        length = integer();
        scale = takes(",") ? integer() : 0;
      }
      require(")");
    }
    int most = name.startsWith("n") && !name.equals("numeric") ? 4000 : 8000;
    if (length > most) {
      throw new TSqlRefusal(131, "The size given to the type exceeds the maximum.");
    }
    return new TSqlType(name, length, scale);
  }

  private static int defaultLength(String name) {
    return switch (name) {
      case "sysname" -> 128;
      case "decimal", "numeric" -> 18;
      case "text", "ntext", "xml" -> TSqlType.MAX;
      case "char", "varchar", "nchar", "nvarchar", "binary", "varbinary" -> 30;
      default -> 0;
    };
  }

  private static int defaultScale(String name) {
    return name.equals("datetime2") || name.equals("datetimeoffset") || name.equals("time") ? 7 : 0;
  }
}
