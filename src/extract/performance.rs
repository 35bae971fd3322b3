//! Performance tables: which project a table speaks of, its form, and its indicator rows.

use super::amount::{self, TableView};
use super::form::{self, Form, FormFigure};
use super::indicator::{self, Levels};
use super::indicator_columns::{self, IndicatorColumns};
use super::indicator_role::Role;
use crate::document::{Grid, figure};
use crate::record::{Indicator, Ordinal, Project, Provenance, Records, Scope};
use crate::wording::{blank, fold, tidy};

/// The project that the walk stands in.
#[derive(Debug, Default)]
pub(super) struct Performance {
    announced: Option<(String, String)>,
    /// The goal stated between the project's name and its tables.
    goal: String,
    current: Option<usize>,
}

/// What was read from one table.
#[derive(Debug, Default)]
pub(super) struct PerformanceTable {
    /// Whether it holds indicators.
    pub indicators: bool,
    /// Whether it is a form of keys and values rather than a table with columns.
    pub form: bool,
    /// The money cells of its forms.
    pub figures: Vec<FormFigure>,
    /// Columns that belong to indicators and hold no budget figures.
    pub indicator_columns: Vec<usize>,
}

impl Performance {
    /// A heading names the project of the tables that follow.
    pub fn announce(&mut self, number: String, name: String) {
        self.announced = Some((number, name));
        self.goal.clear();
        self.current = None;
    }

    /// A line states the goal of the project named above it.
    pub fn state_goal(&mut self, goal: String) {
        if self.announced.is_some() {
            self.goal = goal;
        }
    }

    /// A heading of another matter ends the project.
    pub fn leave(&mut self) {
        self.announced = None;
        self.current = None;
    }

    /// Reads a table's forms and indicators into the records.
    pub fn table(
        &mut self,
        view: &mut TableView<'_>,
        records: &mut Records,
        carried_over: bool,
    ) -> PerformanceTable {
        let mut read = PerformanceTable::default();
        let mut row = 0;
        let mut form_start = 0;
        while row < view.grid.rows() {
            let sides = indicator_columns::header_at(&view.grid, row);
            let Some(first) = sides.first() else {
                row += 1;
                continue;
            };
            let form_end = first.header.max(form_start);
            self.form(view, records, form_start..form_end, carried_over, &mut read);
            read.indicators = true;
            read.indicator_columns = value_columns(&sides);
            row = self.rows(view, records, &sides, carried_over);
            form_start = row;
        }
        if read.indicators {
            read.form |= view.table.header_rows == 0;
            self.form(view, records, form_start..view.grid.rows(), carried_over, &mut read);
        } else if holds_goal(&view.grid) {
            self.form(view, records, 0..view.grid.rows(), carried_over, &mut read);
        }
        read
    }

    /// Reads the rows of a form: its project, its goal, its funds.
    fn form(
        &mut self,
        view: &TableView<'_>,
        records: &mut Records,
        rows: std::ops::Range<usize>,
        carried_over: bool,
        read: &mut PerformanceTable,
    ) {
        if rows.is_empty() || rows.end <= view.table.header_rows {
            return;
        }
        let form = form::read(&view.grid, rows.clone(), view.caption.unit);
        read.form |= !form.goal.is_empty() || !form.project_name.is_empty() || !form.figures.is_empty();
        if !form.project_name.is_empty() {
            self.announced = None;
            self.current = Some(records.projects.len());
            let provenance = view.provenance(rows.start, None);
            let project =
                Project { name: form.project_name.clone(), carried_over, provenance, ..Project::default() };
            records.projects.push(project);
        } else if !form.whole_department {
            self.settle(view, records, carried_over, rows.start);
        } else {
            self.leave();
        }
        if let Some(project) = self.current.and_then(|index| records.projects.get_mut(index)) {
            complete(project, &form);
        }
        read.figures.extend(form.figures);
    }

    /// Makes the announced project current.
    fn settle(&mut self, view: &TableView<'_>, records: &mut Records, carried_over: bool, row: usize) {
        if let Some((number, name)) = self.announced.take() {
            self.current = Some(records.projects.len());
            let provenance = view.provenance(row, None);
            let goal = std::mem::take(&mut self.goal);
            records.projects.push(Project {
                number,
                name,
                carried_over,
                goal,
                provenance,
                ..Project::default()
            });
        }
    }

    /// Reads indicator rows until the table ends or another header or form begins; the row after the last one.
    fn rows(
        &mut self,
        view: &TableView<'_>,
        records: &mut Records,
        sides: &[IndicatorColumns],
        carried_over: bool,
    ) -> usize {
        let grid = &view.grid;
        let Some(first) = sides.first() else { return grid.rows() };
        let listed = first.column(Role::ProjectName);
        if listed.is_none() {
            self.settle(view, records, carried_over, first.header);
        }
        let mut levels: Vec<Levels> = sides.iter().map(|_| Levels::default()).collect();
        let mut seen: Option<(usize, usize)> = None;
        for row in first.body..grid.rows() {
            if row > first.body
                && (!indicator_columns::header_at(grid, row).is_empty() || form::opens(grid, row))
            {
                return row;
            }
            if let Some(column) = listed {
                let cell = grid.cell(row, column);
                if !blank(&cell.text) && seen != Some((cell.row, cell.column)) {
                    seen = Some((cell.row, cell.column));
                    levels.fill_with(Levels::default);
                    self.listed(view, records, first, row, carried_over);
                }
            }
            for (columns, levels) in sides.iter().zip(&mut levels) {
                let Some(read) = indicator::read_row(grid, columns, row, levels) else { continue };
                let term = indicator::term_row(grid, columns, row, &read);
                let both = std::iter::once(read).chain(term);
                records.indicators.extend(both.map(|indicator| self.placed(indicator, view, row)));
            }
        }
        grid.rows()
    }

    fn placed(&self, indicator: Indicator, view: &TableView<'_>, row: usize) -> Indicator {
        let scope = if self.current.is_some() { Scope::Project } else { Scope::Department };
        Indicator { scope, project: self.current, provenance: view.provenance(row, None), ..indicator }
    }

    /// Takes up the project that a list row names. Consecutive rows of the same name are one project.
    fn listed(
        &mut self,
        view: &TableView<'_>,
        records: &mut Records,
        columns: &IndicatorColumns,
        row: usize,
        carried_over: bool,
    ) {
        let text = |role: Role| columns.column(role).map_or("", |column| view.grid.text(row, column));
        let name = tidy(text(Role::ProjectName));
        if names_department(&name) {
            self.current = None;
            return;
        }
        let same = self.current.and_then(|index| records.projects.get(index)).is_some_and(|project| {
            project.name == name && project.provenance.table == Ordinal::new(view.number)
        });
        if same {
            return;
        }
        let unit = columns.column(Role::Budget).and_then(|column| header_unit(view, columns, column));
        let unit = unit.unwrap_or(view.caption.unit);
        let budget = figure(text(Role::Budget)).and_then(|value| amount::yuan(value, unit));
        self.current = Some(records.projects.len());
        records.projects.push(Project {
            number: String::new(),
            name,
            carried_over,
            goal: tidy(text(Role::Goal)),
            amount_yuan: budget,
            provenance: Provenance { column: None, ..view.provenance(row, None) },
        });
    }
}

fn header_unit(view: &TableView<'_>, columns: &IndicatorColumns, column: usize) -> Option<&'static str> {
    (columns.header..columns.body).find_map(|row| super::caption::header_unit(view.grid.text(row, column)))
}

fn names_department(name: &str) -> bool {
    let folded = fold(name);
    folded.contains("整体支出") || folded.contains("部门整体") || matches!(&*folded, "整体" | "部门")
}

fn complete(project: &mut Project, form: &Form) {
    if project.goal.is_empty() {
        project.goal.clone_from(&form.goal);
    }
    if project.amount_yuan.is_none() {
        project.amount_yuan = form.budget().and_then(|figure| amount::yuan(figure.value, figure.unit));
    }
}

/// The columns that belong to indicator rows alone.
fn value_columns(sides: &[IndicatorColumns]) -> Vec<usize> {
    let own =
        |role: &Option<Role>| !matches!(role, None | Some(Role::Budget | Role::ProjectName | Role::Goal));
    let columns = sides.first().map_or(0, |columns| columns.roles.len());
    (0..columns).filter(|column| sides.iter().any(|columns| own(&columns.roles[*column]))).collect()
}

/// A table without indicators that states a goal: `绩效目标 | …` or a project's form.
fn holds_goal(grid: &Grid<'_>) -> bool {
    let narrow = grid.rows() <= 12;
    narrow
        && (0..grid.rows()).any(|row| {
            let first = fold(grid.text(row, 0));
            let goal = first.ends_with("目标") && first.chars().count() <= 10;
            (goal || form::opens(grid, row)) && grid.columns() > 1
        })
}
