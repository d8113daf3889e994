@echo off
rem The same command for Windows: Python stands beside it in a virtual environment, one folder up elsewhere.
if exist "%~dp0python.exe" (
    "%~dp0python.exe" -m loadstone %*
) else (
    "%~dp0..\python.exe" -m loadstone %*
)
