// Answers that several features read. The server's description has no shapes of answers, so they stand here by hand.
export interface Permission {
  id?: number;
  action: string;
  subject?: string | null;
  actionParameters?: Record<string, unknown>;
  properties?: { fields?: string[] | null; locales?: string[] | null };
  conditions?: string[];
}

export interface RoleName {
  id: number;
  name: string;
  code: string;
  description: string | null;
}

export interface Person {
  id: number;
  firstname: string | null;
  lastname: string | null;
  username: string | null;
  email: string;
}

export interface Administrator extends Person {
  isActive: boolean;
  blocked: boolean;
  createdAt: string;
  roles: RoleName[];
}

export interface Page<T> {
  results: T[];
  pagination: { page: number; pageSize: number; pageCount: number; total: number };
}

/** Return what a person is called. */
export function nameOf(person: Person): string {
  return [person.firstname, person.lastname].filter(Boolean).join(" ") || person.username || person.email;
}
