import { en } from "zod/locales";
import * as z from "zod/mini";

/** Without it `zod/mini` says of whatever is wrong that it is an "Invalid input". */
z.config(en());
