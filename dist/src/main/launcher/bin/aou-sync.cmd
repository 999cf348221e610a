@echo off
rem Starts aou-sync with a Java that fits (17 or newer).
rem
rem   AOU_JAVA        the java.exe to use, instead of the search below
rem   AOU_JAVA_OPTS   options for Java, after those chosen here
rem
rem Call it from PowerShell as: & .\aou-sync.cmd sync --config 'C:\Program Files\aou-sync\aou-sync.conf'
setlocal DisableDelayedExpansion
set "AOU_HOME=%~dp0.."
set "AOU_JAR=%AOU_HOME%\lib\aou-sync.jar"
if not exist "%AOU_JAR%" (
  echo aou-sync: "%AOU_JAR%" is missing: unpack the whole archive again 1>&2
  exit /b 3
)
set "AOU_FOUND="
if defined AOU_JAVA (
  if exist "%AOU_JAVA%" set "AOU_FOUND=%AOU_JAVA%"
  if not exist "%AOU_JAVA%" (
    echo aou-sync: AOU_JAVA names no file: "%AOU_JAVA%" 1>&2
    exit /b 3
  )
)
if not defined AOU_FOUND if exist "%AOU_HOME%\runtime\bin\java.exe" set "AOU_FOUND=%AOU_HOME%\runtime\bin\java.exe"
if not defined AOU_FOUND if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "AOU_FOUND=%JAVA_HOME%\bin\java.exe"
if not defined AOU_FOUND for %%J in (java.exe) do if not "%%~$PATH:J"=="" set "AOU_FOUND=%%~$PATH:J"
if not defined AOU_FOUND (
  echo aou-sync: no Java was found. Install Java 17 or newer, or set JAVA_HOME or AOU_JAVA. 1>&2
  exit /b 3
)
set "AOU_MAIN="
for /f tokens^=2^ delims^=.^" %%V in ('""%AOU_FOUND%" -version 2^>^&1"') do if not defined AOU_MAIN set "AOU_MAIN=%%V"
rem where Java does not tell its version, it is tried
if not defined AOU_MAIN set "AOU_MAIN=17"
if %AOU_MAIN% LSS 17 (
  echo aou-sync: Java 17 or newer is needed, and "%AOU_FOUND%" is Java %AOU_MAIN%. Set JAVA_HOME or AOU_JAVA. 1>&2
  exit /b 3
)
set "AOU_HEAP=-XX:+UseSerialGC -Xms48m -XX:MaxNewSize=32m -XX:MinHeapFreeRatio=20"
set "AOU_FLAGS=%AOU_HEAP% -XX:TieredStopAtLevel=1"
for %%C in (generate demo) do if /i "%~1"=="%%C" set "AOU_FLAGS=%AOU_HEAP%"
"%AOU_FOUND%" %AOU_FLAGS% %AOU_JAVA_OPTS% -jar "%AOU_JAR%" %*
exit /b %ERRORLEVEL%
