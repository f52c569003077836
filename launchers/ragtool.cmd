@echo off
rem Starts ragtool on Windows, and keeps its window open. What it does stands in scripts\launch.py, which reads what was
rem dropped on this file from the line that started it: a path with & and no blank comes without quotes, and would end at it.
setlocal EnableDelayedExpansion
set "RAGTOOL_STARTED_BY=!cmdcmdline!"
setlocal DisableDelayedExpansion
set "python="
for %%p in ("py -3" "python3" "python") do call :look_for %%p
if not defined python goto without
%python% "%~dp0..\scripts\launch.py" %*
goto end
:without
echo ragtool needs Python 3.11 or newer: install it from https://www.python.org/downloads/, then open this again.
:end
echo.
pause
rem Where this file was opened, what follows an & in a path would now be run as a command, but for exit. Where it was
rem typed in a window, that window stays.
setlocal EnableDelayedExpansion
if not "!RAGTOOL_STARTED_BY:ragtool.cmd=!"=="!RAGTOOL_STARTED_BY!" exit
exit /b

:look_for
if defined python exit /b
%~1 -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul
rem One that Windows can't start may end below 0, which isn't well either.
if not errorlevel 1 if errorlevel 0 set "python=%~1"
exit /b
