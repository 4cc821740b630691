@echo off
rem Runs the rnnotator.jar next to this file: sets the JVM's flags and passes all arguments.
rem JAVA_HOME selects the JVM (17 or newer), RNNOTATOR_JAVA_OPTS adds flags.
setlocal
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
set "collector=-XX:+UseSerialGC"
if /i "%~1"=="batch" set "collector=-XX:+UseParallelGC -XX:NewRatio=1"
"%java%" --add-modules=jdk.incubator.vector %collector% -Djava.awt.headless=true -Drnnotator.terminal=false -Dorg.slf4j.simpleLogger.defaultLogLevel=warn %RNNOTATOR_JAVA_OPTS% -jar "%~dp0rnnotator.jar" %*
exit /b %ERRORLEVEL%
