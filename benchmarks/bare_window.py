"""The baseline: the least that a PySide6 program can be, a window with a label and a button."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QPushButton, QVBoxLayout, QWidget

from benchmarks.painted import report_when_painted


def main() -> None:
    app = QApplication(["bare"])
    app.setStyle("Fusion")
    window, inside = QMainWindow(), QWidget()
    column = QVBoxLayout(inside)
    column.addWidget(QLabel("A window"))
    column.addWidget(QPushButton("A button"))
    window.setCentralWidget(inside)
    window.resize(1024, 700)
    report_when_painted(app, window)


if __name__ == "__main__":
    main()
