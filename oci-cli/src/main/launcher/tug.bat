@echo off
rem Starts tug with the Java in TUG_JAVA_HOME, JAVA_HOME or PATH; TUG_OPTS holds more options for the JVM.
setlocal
set "TUG_JAVA=java"
if defined JAVA_HOME set "TUG_JAVA=%JAVA_HOME%\bin\java"
if defined TUG_JAVA_HOME set "TUG_JAVA=%TUG_JAVA_HOME%\bin\java"
"%TUG_JAVA%" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -XX:-UsePerfData %TUG_OPTS% -cp "%~dp0..\lib\*" io.github.tugoci.cli.Main %*
