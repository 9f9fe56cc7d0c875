@echo off
rem Starts tug with the Java in TUG_JAVA_HOME, JAVA_HOME or PATH; TUG_OPTS holds more options for the JVM.
setlocal
set "TUG_JAVA=java"
if defined JAVA_HOME set "TUG_JAVA=%JAVA_HOME%\bin\java"
if defined TUG_JAVA_HOME set "TUG_JAVA=%TUG_JAVA_HOME%\bin\java"
rem What moves much hashes much, which takes the second compiler; see the launcher for sh.
set "TUG_COMPILER=-XX:TieredStopAtLevel=1"
for %%c in (image copy push pull publish artifact blob serve) do if "%~1"=="%%c" set "TUG_COMPILER="
"%TUG_JAVA%" -XX:+UseSerialGC -Xmn16m %TUG_COMPILER% -XX:CompileThresholdScaling=5 -XX:-UsePerfData -Djdk.reflect.useNativeAccessorOnly=true %TUG_OPTS% -cp "%~dp0..\lib\*" io.github.tugoci.cli.Main %*
